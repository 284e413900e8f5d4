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
# # 矛盾纠纷趋势
#
# **问题。** 几年来矛盾纠纷有什么变化，在哪里，是真的还是偶然？
#
# **范围。** 各年矛盾纠纷调解台账中计入的行，按受理日期计入年度。可以只看一个村（居）、一类、一种来源；填 `ledger` 时看另一本台账（有必填日期的都可以，只供内部分析）；填 `towns` 时看一个区县的各乡镇。
#
# **不计入的。** 作废、重复、非本年和待核实的行；还没有过完的月份。
#
# **做法。**
#
# 1. 数一数各年各列填得怎样，空缺多的列先不下结论。
# 2. 逐项检验变化、台阶、季节和集中之处；件数少，只有偶然难以解释的才算发现，并写明把握。
# 3. 按月、村（居）、类型、来源、结果、办理时间、金额和当事人分别看图。
# 4. 把可以公布的件数和发现写成一份文件：网页可以自己选看，PDF 可以打印。

# %% tags=["parameters"]
year: int = 2025  # 报告年度
ledger: str = "disputes"  # 看哪本台账：英文名，或台账名称如 行政处罚台账
years: str = ""  # 看哪些年，如 2022-2025 或 2023,2025；空为至报告年度的各年
village: str = ""  # 只看一个村（居）
category: str = ""  # 只看一种纠纷类型
source: str = ""  # 只看一种案件来源
workspace: str = ""  # 工作区文件夹，空为本文件所在的项目
towns: str = ""  # 区县文件夹，其下每个乡镇一个工作区；空为只看一个乡镇

# %%
from fazhi.steps import trend_menus, trend_tables, trends

only = {"village": village, "category": category, "source": source}
view = trends.open_view(year, workspace, towns, years, only, ledger)
trends.show_population(view)

# %% [markdown]
# ## 发现
#
# 每条发现是一个要去问的问题，不是结论。“把握”由检验得出；“公开”说明该句能否写进公布的文件。

# %%
found = trends.find(view)
trends.write_findings(view, found)

# %% [markdown]
# ## 按月
#
# 看报告年度的线是否离开往年的线，以及高峰是否落在同样的月份。

# %%
trends.show_months(view)

# %% [markdown]
# ## 逐月与控制限
#
# 控制限由相邻两月的差算出（均值±2.66倍平均移动极差）。带框的点有信号：超出控制限、连续7点在均值同侧、连续7点升降、三点中有两点接近控制限。
# 48个月纯属偶然时，约一半的乡镇也会有信号，所以信号只提示看哪里，不等于发现。

# %%
trends.show_control(view, found)

# %% [markdown]
# ## 按村（居）
#
# 各小图的高度相同，可以直接比较。

# %%
trends.show_by(view, "place")

# %% [markdown]
# ## 按类型、来源和结果
#
# 竖线是上年。

# %%
trends.show_by(view, "category")

# %%
trends.show_by(view, "source")

# %%
trends.show_by(view, "outcome")

# %% [markdown]
# ## 按科室
#
# 一本台账由几个科室报送时，各报多少。

# %%
trends.show_by(view, "office")

# %% [markdown]
# ## 两年比较
#
# 各村（居）、类型、来源和结果并列，比较的是最近两年；要比较别的两年，把参数 years 填成 2023,2025。件数少的增减多属偶然，是否超出偶然以“发现”为准。

# %%
trend_tables.show_two_years(view)

# %% [markdown]
# ## 村（居）与类型
#
# 颜色深的是件数多的；加框的是检验后仍然突出的。

# %%
trends.show_crossing(view, found)

# %% [markdown]
# ## 办理时间和金额
#
# 办理时间从受理到结案，未办结的不算；金额只算有协议金额的。

# %%
trends.show_closing(view)

# %% [markdown]
# ## 重复出现的当事人
#
# 只有代号。同样的双方一再出现，可能是积怨未解，也可能是一事多报，请核对原件。

# %%
trends.show_repeats(view)

# %% [markdown]
# ## 由谁办理
#
# 只有代号，只供内部使用，不进任何公布的材料。

# %%
trend_tables.show_handlers(view)

# %% [markdown]
# ## 下一年
#
# 预测先用最后一年回测，与“照抄上年同月”“取上年月均”两种简单办法比较；没有同时胜过两者的，不给出。

# %%
trends.show_forecast(view, found)

# %% [markdown]
# ## 自己选看
#
# 选一个村（居）、一类、一种来源、一种结果或几年，图随之变化；所示的数和图可以下载（csv、png）。

# %%
trend_menus.show_menus(view)

# %% [markdown]
# ## 可以公布的文件
#
# 小于公布下限的件数在这里合并或隐去；以上各图未经隐去，不要外传。

# %%
trends.show_document(view, found)

# %% [markdown]
# **局限。** 台账记录的是登记的纠纷，不是发生的纠纷；登记习惯的改变看上去也像趋势。一两年的数据说明不了季节。
