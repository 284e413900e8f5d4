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
# # 从这里开始
#
# **问题。** 这个镇这一年做到哪一步了，接下来做什么？
#
# **做法。** 逐格运行：看收到了什么，运行一次，答完待定的写法，再运行一次，打开报告。与命令 fazhi run、fazhi accept 是一回事。

# %% tags=["parameters"]
year: int = 0  # 报告年度，0 为最近的一年
workspace: str = ""  # 工作区文件夹，空为本文件所在的项目

# %%
from fazhi.cli import start

here = start.open_start(year, workspace)
start.show_town(here)

# %% [markdown]
# ## 各台账读到了多少
#
# 最近一次运行的结果。“缺”的没有收到，或收到而没有认出。

# %%
start.show_received(here)

# %% [markdown]
# ## 要做什么

# %%
start.show_next(here)

# %% [markdown]
# ## 运行

# %%
start.run_button(here)

# %% [markdown]
# ## 待定的写法
#
# 台账里的写法和规定的不一样、意思又不能确定的，在这里认定。记入 data/raw/aliases.yml，只答一次，以后各年都算数。答完再运行。

# %%
start.answer_boxes(here)

# %% [markdown]
# **接下来。** 报告、附表、趋势见 data/processed 下这一年的文件夹；其余笔记本逐步做同样的事，可以一格一格看。
