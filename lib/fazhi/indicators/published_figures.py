"""`published.csv`: the figures of a year as its published report had them, kept beside its ledgers.

    指标,名称,单位,数值,分子,分母
    contracts.reviewed,合同合法性审查,件次,136,,

`fazhi published` writes it from the results that the report was made from; a figure changed by hand in the paper is changed
here too. Next year's statistics hold it against what last year's ledgers say by then.
"""

import csv
import io
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

from fazhi.dictionary.yaml_reading import nearest
from fazhi.errors import SpecError
from fazhi.workspace.files import write_bytes
from fazhi.workspace.year_statistics import Number, Statistics

FIELDS = ("指标", "名称", "单位", "数值", "分子", "分母")
PLAN = "plan:"  # before the name of a target of the coming year


@dataclass(frozen=True)
class PublishedFigure:
    """A figure as it was published: a rate is 0–1, money is in yuan. `id` is the indicator's, or a target's after `plan:`."""

    id: str
    label: str
    unit: str
    value: Number


def write_published(path: Path, statistics: Statistics) -> int:
    """Keep every figure that has a value, and the plan's targets; how many they are. For Excel, with a byte order mark."""
    rows = [
        (name, entry.label, entry.unit, entry.value, entry.numerator if entry.is_rate else None,
         entry.denominator if entry.is_rate else None)
        for name, entry in statistics.indicators.items() if entry.value is not None
    ]  # fmt: skip
    rows += [
        (f"{PLAN}{one.name}", one.name, one.unit or "", one.target, None, None)
        for one in statistics.plan_targets if one.target is not None
    ]  # fmt: skip
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(FIELDS)
    writer.writerows([["" if cell is None else cell for cell in row] for row in rows])
    write_bytes(path, text.getvalue().encode("utf-8-sig"))
    return len(rows)


def read_published(path: Path, indicators: Collection[str] = ()) -> dict[str, PublishedFigure]:
    """The figures by id; none where there is no such file.

    Parameters
    ----------
    path
        The year's `published.csv`.
    indicators
        The ids that are known; empty: any may stand there.

    Raises
    ------
    SpecError
        The file is no such table, or a line names nothing that is known, has no number, or stands twice; all lines together.
    """
    if not path.exists():
        return {}
    lines = _lines(path)
    found: dict[str, PublishedFigure] = {}
    faults: list[str] = []
    for number, line in lines:
        name, value = line["指标"].strip(), _number(line)
        if not name.startswith(PLAN) and indicators and name not in indicators:
            near = nearest(name, list(indicators), 1)
            faults.append(
                f"第 {number} 行没有“{name}”这个指标" + (f"，最接近的是“{near[0]}”" if near else "，请删去这一行")
            )
        elif value is None:
            faults.append(f"第 {number} 行“{name}”的数值“{line['数值'].strip()}”不是数")
        elif name in found and not name.startswith(PLAN):
            faults.append(f"第 {number} 行“{name}”写了两次，请删去一行")
        else:
            found.setdefault(name, PublishedFigure(name, line["名称"].strip() or name, line["单位"].strip(), value))
    if faults:
        raise SpecError(f"{path.parent.name}/{path.name}：{'；'.join(faults)}。")
    return found


def _lines(path: Path) -> list[tuple[int, Mapping[str, str]]]:
    """The table's lines with their numbers, blank ones left out."""
    shown = f"{path.parent.name}/{path.name}"
    try:
        rows = list(csv.reader(io.StringIO(_decoded(path.read_bytes()), newline="")))
    except (UnicodeDecodeError, csv.Error):
        raise SpecError(f"{shown} 读不出。请另存为 UTF-8 编码的 CSV，或用 fazhi published 重新生成。") from None
    head = [title.strip() for title in rows[0]] if rows else []
    if lacking := [name for name in ("指标", "数值") if name not in head]:
        raise SpecError(f"{shown} 缺少列：{'、'.join(lacking)}。应有的列：{'、'.join(FIELDS)}。")
    empty = dict.fromkeys(FIELDS, "")
    return [
        (number, {**empty, **dict(zip(head, row, strict=False))})
        for number, row in enumerate(rows[1:], 2)
        if any(cell.strip() for cell in row)
    ]


def _decoded(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("gb18030")


def _number(line: Mapping[str, str]) -> Number | None:
    """The figure; of what it was divided by, where that is written: Excel rounds a rate, never its two counts."""
    above, below, value = (_plain(line[name]) for name in ("分子", "分母", "数值"))
    return above / below if above is not None and below else value


def _plain(text: str) -> Number | None:
    bare = text.strip().replace(",", "").replace("，", "")
    try:
        value = float(bare.removesuffix("%")) / (100 if bare.endswith("%") else 1)
    except ValueError:
        return None
    if value != value or value in (float("inf"), float("-inf")):
        return None
    return int(value) if value.is_integer() and not bare.endswith("%") else value
