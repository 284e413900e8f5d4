"""Every key of the YAML files in Chinese, for those who write them; the models and their examples are those of specs.py."""

import re

from docs.pages.markdown import GENERATED, table
from docs.pages.said_keys import SAID
from docs.pages.specs import SPECS, default_of, example_of, keys, said_type

INTRODUCTION = """# 设置和写法

一个镇写的都是 YAML 文件，下面是全部的项目。写错的名称、缺少的项目、指不到的台账或列，运行前就指出文件、行和最接近的名称（`fazhi status`）。
没有写的项目用“缺省”一栏的值；“必填”的不能不写。

YAML 的三条规矩：标点用半角，冒号后面空一格；列表写成 `[甲, 乙]`，或一行一项、前面写 `- `；有冒号、井号或像数字、日期的文字加引号。
文件存成 UTF-8（记事本的“另存为”里选）。
"""
TITLES = {
    "Unit": ("镇", "`data/raw/unit.yml`；只管一年的写在 `data/raw/<年度>/unit.yml`"),
    "Aliases": ("认定", "`data/raw/aliases.yml`，`fazhi accept` 也写在这里"),
    "Form": ("表样", "`data/raw/forms/<表样>.yml`，一种表一个文件；全区共用的放在各镇旁边的 `fazhi-forms`"),
    "Matrix": ("矩阵", "表样里的 `matrix`：列名是日期、月份或类别，格里是√或数"),
    "Piece": ("一格里的一段", "表样里 `part` 的一项"),
    "Ledger": ("台账", "`data/raw/dictionary/ledgers/<台账>.yml`，一本一个文件；程序自带的在 `lib/fazhi/dictionary/ledgers/`"),
    "Column": ("列", "台账里 `columns` 的一项：`<列>: {…}`"),
    "TrendRoles": ("趋势", "台账里的 `trends`：哪一列在趋势里起什么作用，怎样称呼"),
    "Indicator": ("指标", "`data/raw/dictionary/indicators.yml`：`<台账>.<名称>: {…}`"),
    "Summary": ("附表", "`data/raw/dictionary/tables.yml`：`<表>: {…}`"),
    "Measure": ("附表的一栏", "附表里 `measures` 的一项"),
    "Chart": ("图", "`data/raw/dictionary/charts.yml`：`<图>: {…}`，按报告中的次序"),
}  # fmt: skip
HEADS = ("项目", "写什么", "缺省", "意思", "例")
_TYPES = (
    (r"list of ", "列表："), (r"mapping to ", "名称: "), (r"\btext\b", "文字"), (r"yes/no", "true 或 false"), (r"integer", "整数"),
    (r"number", "数"), (r"\bvalue\b", "值"), (r"\bdate\b", "日期"), (r" or ", " 或 "),
)  # fmt: skip


def settings_page() -> str:
    """docs/reference/settings.md."""
    by_name = {model.__name__: model for model in SPECS}
    lines = [f"{GENERATED}\n", INTRODUCTION]
    for name, (title, place) in TITLES.items():
        rows = []
        for key, field in keys(by_name[name]):
            kind = said_type(field.annotation)
            if "`" not in kind:
                for english, chinese in _TYPES:
                    kind = re.sub(english, chinese, kind)
            kind = re.sub(r"\[(\w+)\]\(#\w+\)", lambda of: f"[{TITLES[of[1]][0]}](#{TITLES[of[1]][0]})", kind)
            default = default_of(field)
            rows.append(
                (
                    f"`{key}`",
                    kind,
                    "必填" if default == "required" else default,
                    SAID[name][key],
                    example_of(key, field),
                )
            )
        lines.append(f"## {title}\n\n{place}。\n\n{table(HEADS, rows)}\n")
    return "\n".join(lines)
