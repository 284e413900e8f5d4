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
# # 核对修改稿
#
# **问题。** 初稿经多人修改以后，里面的每个数还和台账一致吗？
#
# **范围。** 一份文稿：`.docx`、可以选中文字的 `.pdf`、`.md` 或 `.txt`；不是本系统写的也可以。修订按接受计。
#
# **做法。**
#
# 1. 找出文稿中的每个数，看它说的是哪项指标、哪一年、全部还是其中一部分。
# 2. 与台账算出的数比较：一致、不符（应为多少、为什么）、推算一致（写明算式）、请核对；台账中没有的不评判。
# 3. 原稿加上批注，连同网页、数据放在 `data/processed/<年度>/check/`；与 `fazhi check` 的结果相同。
#
# 各年的运行不做这一步：给出文稿才做，如 `papermill notebooks/07_check_draft.ipynb out.ipynb -p draft 修改稿.docx`。

# %% tags=["parameters"]
year: int = 2025  # 报告年度
draft: str = ""  # 要核对的文稿
workspace: str = ""  # 工作区文件夹，空为本文件所在的项目

# %%
from fazhi.steps import check, open_year

town = open_year(year, workspace)
answer = check.read_and_check(town, draft)

# %% [markdown]
# ## 结论
#
# 有“与台账不符”的，先改那几处。

# %%
check.show_counts(answer)

# %% [markdown]
# ## 要改、要核对的地方

# %%
check.show_wrong(answer)

# %% [markdown]
# ## 与初稿相比改动了什么
#
# 数字的改动要问清来源；改得好的句子可以写进下一年的模板。

# %%
check.show_changes(answer)

# %% [markdown]
# ## 全文
#
# 绿为一致，红为不符，黄为请核对，灰为台账中没有；指向它可以看到理由。

# %%
check.show_draft(answer)

# %% [markdown]
# **说明。** 只与台账比较，台账本身的待核实行见报告首页；说法两可的不判对错。
