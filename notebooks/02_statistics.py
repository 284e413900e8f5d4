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
# # 汇总与统计
#
# **问题。** 报告要用的每个数字是多少，由哪些行得来，与上年相比如何？
#
# **范围。** 各台账清理后计入的行。
#
# **做法。**
#
# 1. 汇总所有原始行的去向，核对一行不少。
# 2. 按指标定义计数、求和、求比例；比例同时给出分子和分母。
# 3. 与上年比较；变化过大的列为问题，不作结论。

# %% tags=["parameters"]
year: int = 2025  # 报告年度
workspace: str = ""  # 工作区文件夹，空为本文件所在的项目

# %%
from fazhi.steps import open_year, show, statistics

town = open_year(year, workspace)
results = statistics.write_statistics(town)

# %% [markdown]
# ## 各台账的行数
#
# “读到”等于其后各栏之和。

# %%
show.show_ledgers(results)

# %% [markdown]
# ## 指标
#
# 比例以百分数列出，“由来”是分子除以分母。“待核实”一栏是尚未计入、更正后可能改变该数的行数。

# %%
show.show_indicators(results)

# %% [markdown]
# ## 与上年相比
#
# 看两端：升降最多的指标最值得核对。基数小的，变化百分比容易偏大。

# %%
show.show_changes(town, results)

# %% [markdown]
# ## 公布核查
#
# 报告、附表和趋势里涉及个人事务的数合在一起，用整数规划核查：小于公布下限的数推不出来才公布，否则改粗或隐去。合计按由谁构成来判断（p%规则）。
# 下表只供内部使用。

# %%
show.show_publication(town)

# %% [markdown]
# ## 报回来的更正
#
# 文件与上次读到的不同时，列出更正了几处、还有几处。行号可能移动，先按位置、再按内容对应；对不准的写明。

# %%
show.show_mended(town)

# %% [markdown]
# ## 须处理的事项

# %%
show.show_open_issues(town)

# %% [markdown]
# **说明。** 没有台账的指标留空，不作 0；分母为 0 的比例留空。上年数字取自上年的 `statistics.json`。
