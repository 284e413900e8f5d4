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
# # 退回科室更正的工作簿
#
# **问题。** 哪个科室的哪个文件还有要更正、要核实的地方？
#
# **范围。** 有须处理、请核实事项的原始文件。没有问题的不退。
#
# **做法。**
#
# 1. 每个文件做一份 `.xlsx`，保留原来的样子；有问题的单元格涂色，批注写明哪里不对、应该是什么。
# 2. 第一页“须更正事项”逐条列出，点“转到”跳到该格。
# 3. 按科室放在 `returned/<科室>/`，只含这个文件自己的内容。读不出的文件另列一张清单。

# %% tags=["parameters"]
year: int = 2025  # 报告年度
workspace: str = ""  # 工作区文件夹，空为本文件所在的项目

# %%
from fazhi.steps import open_year, returned, show

town = open_year(year, workspace)
workbooks = returned.write_returned(town)

# %% [markdown]
# ## 退回的工作簿
#
# 先退“须更正”多的：更正以后，数字还会变。

# %%
show.show_returned(workbooks)

# %% [markdown]
# **说明。** 公式已换成它的结果，图片、宏、外部链接不带回。更正后按原来的文件名放回 `data/raw/<年度>/<科室>/`，替换原件；
# 下次运行会列出更正了几处、还有几处。
