# ---
# jupyter:
#   jupytext:
#     text_representation:
#       extension: .py
#       format_name: percent
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown]
# # 报告初稿
#
# **问题。** 本年的情况怎样写成报告？
#
# **做法。**
#
# 1. 模板给出文字，指标给出数字；没有一个数字是手写的。
# 2. 增长、下降、持平、上年无数据各有各的句子；没有数据处留下“待核实”。
# 3. 写好以后逐个数再与台账核对一遍；手写在 `report.md` 里的数写错了、没有出处，都列在首页。
# 4. 附上图表。本页的结果交给 HTML、PDF、Word 三种格式。
#
# 要改本年的写法，请编辑 `data/raw/<年度>/report.md`，不改本页。

# %% tags=["parameters"]
year: int = 2025  # 报告年度
workspace: str = ""  # 工作区文件夹，空为本文件所在的项目

# %%
from fazhi.steps import appendix, open_year, report

town = open_year(year, workspace)
results = report.read_statistics(town)

# %% [markdown]
# ## 正文

# %%
report.show_narrative(town, results)

# %% [markdown]
# ## 附图
#
# 矛盾纠纷按月、按类，以及主要指标与上年的比较。

# %%
report.show_figures(town, results)

# %% [markdown]
# ## 附表
#
# 随报告附上的几张表；全部的表在 05_appendix。

# %%
appendix.show_report_tables(town, results)

# %% [markdown]
# **说明。** 初稿须由司法所审核。图中小于公布下限的数不单独列出。
