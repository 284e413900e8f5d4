"""A small town's other ledgers about people, a few of each not done with: two years, all of it counted."""

import random
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from made.sheets import write_workbook

Maker = Callable[[random.Random, str, date, int], list[Any]]  # `few`: which of the few kinds a row is of, 0 for none


def _pick(draw: random.Random, words: str, weights: list[int]) -> str:
    return draw.choices(words.split(), weights)[0]


# ledger -> title, headings, a row of its number and day
SHEETS: dict[str, tuple[str, str, Maker]] = {
    "petitions": ("信访事项台账", "信访件编号 登记日期 信访形式 业务分类 办理状态", lambda draw, number, day, few: [
        number, day, _pick(draw, "来访 网信 来信", [6, 4, 1]), _pick(draw, "城乡建设 三农 劳动社保", [6, 5, 1]), "在办" if few else "已办结"]),
    "hotline_orders": ("12345热线工单台账", "工单编号 来电时间 诉求类型 办理方式 工单状态 满意度", lambda draw, number, day, few: [
        number, day, _pick(draw, "投诉类 咨询 求助", [6, 5, 1]), "派单", "在办" if few == 1 else "办结", "不满意" if few == 2 else "满意"]),
    "reconsiderations": ("行政复议与应诉台账", "案号 案件类型 收案日期 审理结果 负责人是否出庭", lambda draw, number, day, few: [
        number, _pick(draw, "复议 一审", [3, 2]), day, _pick(draw, "维持 撤诉", [5, 1]), "否" if few else "是"]),
    "permits": ("行政许可台账", "行政许可决定文书号 许可决定日期 许可类别 许可结果", lambda draw, number, day, few: [
        number, day, _pick(draw, "普通许可 登记", [7, 1]), "不予许可" if few else "准予许可"]),
    "grid_events": ("网格事件台账", "事件编号 上报时间 事件类型 是否办结", lambda draw, number, day, few: [
        number, day, _pick(draw, "安全隐患 环境卫生 民生服务", [6, 4, 1]), "否" if few else "是"]),
    "enforcement_cases": ("行政执法案件办理台账", "立案编号 立案日期 办案程序 案件结果 是否按期办结 是否公示 是否执结", lambda draw, number, day, few: [
        number, day, _pick(draw, "简易 一般程序", [1, 2]), "撤案" if few == 1 else "行政处罚", "否" if few == 2 else "是", "是", "否" if few == 1 else "是"]),
}  # fmt: skip


def write_other_ledgers(raw: Path, year: int, draw: random.Random) -> None:
    for title, headings, make in SHEETS.values():
        size = draw.randrange(12, 90)
        few = [1] * draw.choice([0, 1, 1, 2, 2]) + [2] * draw.choice([0, 1, 2, 5])
        kinds = [*few, *[0] * (size - len(few))]
        draw.shuffle(kinds)
        days = [date(year, 1, 2) + timedelta(days=350 * at // size) for at in range(size)]
        rows = [make(draw, f"{title[:2]}〔{year}〕{at}号", days[at], kind) for at, kind in enumerate(kinds)]
        write_workbook(raw / "司法所" / f"{title}.xlsx", [title], headings.split(), *rows)
