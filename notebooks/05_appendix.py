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
# # 附表
#
# **问题。** 报告之外，哪些表要随文附上，或者留给需要核对的人？
#
# **范围。** 本年各台账计入的行；上年数取自上年的台账。
#
# **做法。**
#
# 1. 表的定义在 `tables.yml`：哪本台账、按哪一列、数什么。只用可以公布的列。
# 2. 涉及个人事务的表，小于公布下限的数合在一起。
# 3. 写成工作簿 `appendix.xlsx`，同样的表以附件1、附件2……交给 PDF 和 Word。
# 4. 待处理事项、各行去向、数据出处、数据登记、假设和决定、统计方法另写成 `working_papers.xlsx`，只供内部使用。

# %% tags=["parameters"]
year: int = 2025  # 报告年度
workspace: str = ""  # 工作区文件夹，空为本文件所在的项目

# %%
from fazhi.steps import appendix, open_year, report, summaries, working_papers

town = open_year(year, workspace)
results = report.read_statistics(town)
tables = summaries.published_tables(town)
sheets = appendix.sheets(town, results, tables)

# %% [markdown]
# ## 工作簿
#
# 一张工作表一张表，第一张是目录。

# %%
appendix.write_appendix(town, sheets)
appendix.show_contents(sheets)

# %% [markdown]
# ## 工作底稿
#
# 只供内部使用，不随报告公布。“数据出处”列出报告每句话里的数、指标、定义、分子和分母；“数据登记”是收到的每个文件；
# “假设和决定”是认定、更正和口径；“统计方法”是每项指标怎么算。

# %%
working = working_papers.working_sheets(town, results)
working_papers.write_working_papers(town, working)
appendix.show_contents(working)

# %% [markdown]
# ## 公布的表能推出什么
#
# 涉及个人事务的表，用整数规划核查：已公布的合计和历年的表合起来，小于公布下限的数还能不能推出来。
# 不到公布下限种可能的，算能推出。各表、各句、各图合起来的核查在 02_statistics，结果记在 `disclosure.json`（内部）。

# %%
appendix.show_audit(town, tables)

# %% [markdown]
# ## 附件
#
# 与工作簿相同的表，按公文附件排版。

# %%
appendix.show_attachments(town, sheets)

# %% [markdown]
# **说明。** “无数据”不等于 0。计划指标没有对应结果的只列出，不推算；可以在 `aliases.yml` 的 `plans` 中写明由哪项指标对照。
