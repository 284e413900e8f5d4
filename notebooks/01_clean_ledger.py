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
# # 清理一本台账
#
# **问题。** 各科室报来的一本台账里，哪些行计入本年，哪些不计，为什么？
#
# **范围。** 本年原始文件夹中认出的、属于这本台账的所有工作表。隐藏的行也算。
#
# **不计入的。** 作废（整行划去或备注作废）、待核实（日期、金额或人数读不准）、非本年、重复登记，以及合计、落款等不是数据的行。
#
# **做法。**
#
# 1. 按表头认列，按规格读每个单元格；读不准的不猜。
# 2. 给每一行定去向，各去向之和等于读到的行数。
# 3. 写出干净的表、每行的去向和须处理的事项。姓名、证号、电话到此为止。

# %% tags=["parameters"]
year: int = 2025  # 报告年度
ledger: str = "disputes"  # 台账代号
workspace: str = ""  # 工作区文件夹，空为本文件所在的项目

# %%
from fazhi.steps import clean, open_year, show

town = open_year(year, workspace)
cleaned = clean.clean_ledger(town, ledger)

# %% [markdown]
# ## 每一行的去向
#
# 先看“计入”与“待核实”：待核实的行更正以后，数字还会变。

# %%
show.show_fates(cleaned)

# %% [markdown]
# ## 须处理的事项
#
# 每条写明在哪里、是什么、应是什么、怎么办。姓名、证号、电话不在此列出。

# %%
show.show_issues(cleaned.issues)

# %% [markdown]
# ## 计入的行
#
# 各列填了多少、有哪些取值。一列空得多，先核对表头是否认对。

# %%
show.show_columns(town, cleaned)

# %% [markdown]
# **说明。** 规则见 README；认错的列名、类别、村居，写入 `data/raw/aliases.yml`；原件的笔误，写入当年的 `corrections.csv`。
