"""How an office lays out a ledger: its columns and titles, unit of money, date habits, what stands above the table."""

import random
from collections.abc import Mapping
from dataclasses import dataclass, field

from .doubts import PAIRS_BEYOND, Answers, pair_beyond
from .rows import MONEY, Row
from .spelling import DATE_FORMS, DATE_FORMS_HARD, MEASURES, PAIRS, PAIRS_HARD, WIDE
from .world import Town

GROUPS = {
    "disputes": {"当事人": ["applicant", "respondent", "id_number", "phone"], "协议情况": ["agreement", "amount_yuan"]},
    "contracts": {"合同情况": ["contract", "amount_yuan", "major"]},
    "inspections": {"隐患情况": ["hazards_found", "hazards_fixed"]},
    "decisions": {
        "五项程序": [
            "public_participation",
            "expert_review",
            "risk_assessment",
            "legality_review",
            "collective_decision",
        ]
    },
    "officers": {"培训考试": ["trained", "exam_passed"]},
    "emergency_outreach": {"宣传成效": ["households", "leaflets"]},
    "penalties": {"处罚情况": ["offence", "fine_yuan", "paid"]},
    "case_reviews": {"评查情况": ["score", "grade"]},
}
JOINED = {  # ledgers whose group title and column title make the known title together
    "disputes": {
        "协议": {"agreement": "形式", "amount_yuan": "金额"},
        "被申请人": {"respondent": "姓名"},
        "申请人": {"applicant": "姓名", "id_number": "身份证号码", "phone": "电话"},
    },
}
ABOVE = [["说明：日期按年月日填写，未达成协议的填无。"], ["（统计期间：1月1日至12月31日）"]]
LONG = 5000  # rows from which a ledger is written as a stream, in a plain table
FLAT = ("csv", "docx")  # tables without merged cells
DITTO_KINDS = ("village", "word", "office", "date")


@dataclass
class Plan:
    """One file to come: where it lies, its kind, and its sheets' names with their rows."""

    ledger: str
    file: str
    kind: str
    sheets: list[tuple[str, list[Row]]]
    title: str
    title_inside: bool
    office: str = ""  # that fills it in, where its folder does not say so
    told: Mapping[str, str] = field(default_factory=dict)  # columns that its name says, with what it says
    bare: bool = False  # a header and rows, nothing else
    two_rows: bool = False  # always a header in two rows, where columns have groups


@dataclass
class Field:
    """A column of a sheet: the ledger's (`name`), or one of the office's own (`extra`)."""

    name: str
    title: str
    extra: str = ""
    group: str = ""
    known: bool = True
    asked: bool = False  # its title is one that only aliases.yml places


@dataclass
class Layout:
    """All choices an office made for its sheet."""

    ledger: str
    kind: str  # xlsx, xls, csv, html
    fields: list[Field]
    heading: str = ""  # the title line, '' for none
    meta: list[list[str]] = field(
        default_factory=list
    )  # lines above the header; '' leaves a cell free, last part goes right
    ten_thousands: bool = False
    offset: int = 0
    lead: int = 0
    gap: bool = False
    two_rows: bool = False
    flat_header: bool = False  # a two-row header without vertical merges
    dates: list[str] = field(default_factory=list)
    pairs: dict[str, tuple[str, str]] = field(default_factory=dict)
    open_pairs: set[str] = field(default_factory=set)  # columns whose words for yes and no are beyond the README's
    ditto: str = ""  # "merge" or the mark written instead of a repeated value
    ditto_column: str = ""
    subtotals: str = ""  # "", "month", "page", "quarter"
    repeat_header: int = 0
    numbered_columns: bool = False  # a row of column numbers under the header
    bands: bool = False  # a line with the month's name over each month's rows
    stacked: bool = False
    bare: bool = False
    told: frozenset[str] = frozenset()  # columns that the file's name says
    above: list[str] = field(default_factory=list)  # paragraphs above a table in Word

    @property
    def names(self) -> frozenset[str]:
        """Ledger columns that this layout has."""
        return frozenset(f.name for f in self.fields if f.name and f.known) | self.told


def known_title(column: dict, rng: random.Random) -> str:
    return rng.choice([column["label"], column["label"], *column["also"]])


def with_note(title: str, name: str, column: dict, unit: str, rng: random.Random, hard: bool) -> str:
    """A title as it looks in a header cell: unit, notes, line breaks, spaces."""
    if column["kind"] in MONEY and unit:
        return title + rng.choice([f"({unit})", f"（{unit}）", f"\n({unit})"])
    notes = {
        "date": ["(年/月/日)", "（年月日）"],
        "boolean": ["（是/否）", "(是/否)"],
        "count": [f"（{MEASURES.get(name, ['个'])[0]}）"],
    }
    forms = [title] * 5 + [title[:2] + "\n" + title[2:]]
    if hard:
        forms += [title + n for n in notes.get(column["kind"], [])]
        forms += [
            " ".join(title) if len(title) < 4 else title + " ",
            "*" + title,
            title + "（必填）",
            title + "：",
            title.translate(WIDE),
        ]
        forms += ["\n".join(title) if len(title) < 5 else title + "\n"]
    return rng.choice(forms)


def make_field(
    ledger: str, name: str, column: dict, unit: str, unknown: bool, rng: random.Random, hard: bool, answers: Answers
) -> Field:
    """One ledger column's header; an unknown title goes to the analyst's answers, a private phone's does not."""
    if unknown and column.get("other") and not (column["kind"] in MONEY and unit):
        title = rng.choice(column["other"])
        if column["kind"] == "phone":
            return Field(name, title, known=False)
        answers.column(ledger, title, name)
        return Field(name, title, asked=True)
    title = with_note(known_title(column, rng), name, column, unit, rng, hard)
    if column.get("strange"):
        answers.column(ledger, column["label"], name)
    return Field(name, title, asked=bool(column.get("strange")))


def own_fields(spec: dict, rng: random.Random, hard: bool) -> list[Field]:
    """Columns of the office's own that are no column of the ledger."""
    chosen = rng.sample(sorted(spec["extra"]), min(len(spec["extra"]), rng.choice([0, 1, 2]))) if hard else []
    always = [Field("", title, extra=filler) for title, filler in spec.get("always", {}).items()]
    return [*(Field("", title, extra=spec["extra"][title]) for title in chosen), *always]


def choose_columns(spec: dict, rng: random.Random, hard: bool) -> dict[str, dict]:
    """The ledger's columns that an office keeps: a hard town may lack optional ones, file by file."""
    return {n: c for n, c in spec["columns"].items() if not (hard and c.get("optional") and rng.random() < 0.2)}


def choose_fields(
    ledger: str, spec: dict, columns: dict, unit: str, rng: random.Random, hard: bool, answers: Answers
) -> list[Field]:
    """The table's columns from left to right, without serial number and note."""
    odd = set(rng.sample(sorted(columns), min(len(columns) - 1, rng.choice([0, 0, 1, 2])))) if hard else set()
    fields = [make_field(ledger, n, c, unit, n in odd, rng, hard, answers) for n, c in columns.items()]
    fields += own_fields(spec, rng, hard)
    if hard or rng.random() < 0.5:
        rng.shuffle(fields)
    return fields


def group_fields(ledger: str, fields: list[Field], unit: str, rng: random.Random, hard: bool) -> list[Field]:
    """Bring grouped columns side by side under their group title."""
    joined = hard and ledger in JOINED and rng.random() < 0.3
    groups = {g: list(names) for g, names in (JOINED if joined else GROUPS).get(ledger, {}).items()}
    for group, names in groups.items():
        members = [f for f in fields if f.name in names]
        for f in members:
            f.group = group
            if joined:
                f.title = JOINED[ledger][group][f.name] + (f"({unit})" if f.name == "amount_yuan" and unit else "")
                f.known, f.asked = True, False
        at = next((i for i, f in enumerate(fields) if f.name in names), 0)
        rest = [f for f in fields if f.name not in names]
        fields = rest[:at] + members + rest[at:]
    return fields


def choose_unit(spec: dict, rng: random.Random, hard: bool) -> tuple[str, str]:
    """(unit in the header, unit above the table); '' where the place is silent."""
    if not any(c["kind"] in MONEY for c in spec["columns"].values()):
        return "", ""
    choices = [("", ""), ("元", ""), ("万元", ""), ("", "元"), ("", "万元"), ("万元", "万元")]
    return rng.choice(choices + [("元", "万元"), ("万元", "元"), ("", "万元")] * hard)


def meta_lines(town: Town, office: str, year: int, unit: str, rng: random.Random, hard: bool) -> list[list[str]]:
    """Lines between title and header; the unit of money must stand in one of them."""
    filled = f"{year}年12月{rng.randint(18, 31)}日"
    if not hard:
        line = f"填报单位:{office}        填报时间:{filled}" + (f"        单位:{unit}" if unit else "")
        return [[line]] if unit or rng.random() < 0.8 else []
    said = (
        rng.choice([f"单位：{unit}", f"（单位：{unit}）", f"金额单位：{unit}", f"单位：件、{unit}", f"计量单位:{unit}"])
        if unit
        else ""
    )
    lines = [
        [[f"单位名称：{town.name}{office}", f"制表日期：{filled}", said]],
        [["", said]],
        [[f"填报单位:{office}  {said}"]],
        [[f"报送科室：{office}（盖章）"], [f"制表日期：{filled}", said]],
        [["", "", said], [f"联系人：见附表        {filled}"]],
    ]
    chosen = rng.choice(lines if unit else [*lines[:1], *lines[3:], []])
    return [*rng.choice([[], [], ABOVE[:1], ABOVE]), *chosen]


def heading(title: str, town: Town, year: int, period: str, rng: random.Random, hard: bool, stale: bool) -> str:
    """The title line; where all dates carry their year, last year's may have been left in it."""
    forms = [f"{town.name}{year}年{title}" + (f"({period})" if period else "")]
    if hard:
        forms += [f"{town.name}{year - 1}年{title}"] * stale
        forms += [
            f"{town.name}{title}（{year}年{period}）",
            f"{year}年度{town.name}{period}{title}",
            f"附件2：{town.name}{title}",
            title,
        ]
    return rng.choice(forms)


def choose_pairs(layout: Layout, spec: dict, rng: random.Random, hard: bool, answers: Answers) -> None:
    """The words for yes and no, column by column."""
    for name, column in spec["columns"].items():
        if not column["kind"].startswith("boolean"):
            continue
        word = rng.choice(PAIRS + PAIRS_HARD * hard)
        layout.pairs[name] = (word[0], word[1])
        if hard and rng.random() < (0.4 if f"{layout.ledger}.{name}" in PAIRS_BEYOND else 0.1):
            layout.pairs[name] = pair_beyond(f"{layout.ledger}.{name}", answers)
            layout.open_pairs.add(name)


def choose_ditto(layout: Layout, spec: dict, rng: random.Random, hard: bool) -> None:
    """Whether repeated values are merged or marked, in one column."""
    able = [f.name for f in layout.fields if f.name and f.known and spec["columns"][f.name]["kind"] in DITTO_KINDS]
    marks = ["同上", "〃"] + ["″", "同 上", "“同上”"] * hard
    if able and rng.random() < 0.6:
        layout.ditto_column = rng.choice(able)
        layout.ditto = rng.choice(marks if layout.kind in FLAT else ["merge", "merge", rng.choice(marks)])


def frame(fields: list[Field], rows: list[Row], rng: random.Random, hard: bool) -> list[Field]:
    """Add serial number and note; a note that cancels a row must have its column."""
    must_note = any(r.reason == "void" for r in rows)
    serial = [Field("", rng.choice(["序号", "序 号", "编号"]) if hard else "序号", extra="serial")] * (
        not hard or rng.random() < 0.8
    )
    title = rng.choice(["备注", "备  注", "备注（作废请注明）"]) if hard else "备注"
    note = [Field("", title, extra="note")] * (must_note or rng.random() < 0.4)
    return [*serial, *fields, *note]


def choose_layout(
    plan: Plan, spec: dict, columns: dict, rows: list[Row], rng: random.Random, hard: bool, answers: Answers
) -> tuple[Layout, str]:
    """An office's layout and the unit of money that must stand above its table."""
    ledger, kind = plan.ledger, plan.kind
    header_unit, above = choose_unit(spec, rng, hard)
    if plan.bare:
        header_unit, above = header_unit or above, ""
    fields = choose_fields(ledger, spec, columns, header_unit, rng, hard, answers)
    layout = Layout(ledger, kind, fields, ten_thousands=(header_unit or above) == "万元", bare=plan.bare)
    layout.told = frozenset(plan.told)
    if kind not in FLAT and ledger in GROUPS and (plan.two_rows or rng.random() < 0.5):
        layout.two_rows, layout.flat_header = True, hard and rng.random() < 0.3
        layout.fields = group_fields(ledger, fields, header_unit, rng, hard)
        layout.two_rows = any(f.group for f in layout.fields)
    layout.fields = frame(layout.fields, rows, rng, hard)
    forms = list(DATE_FORMS) + ["yearless"] + ([*list(DATE_FORMS_HARD), "yearless_numerals"]) * hard
    forms = [f for f in forms if kind in ("xlsx", "xls") or f != "serial_time"]
    layout.dates = rng.sample(forms, rng.randint(1, 5 if hard else 3))
    choose_pairs(layout, spec, rng, hard, answers)
    if len(rows) > LONG or plan.bare:
        return layout, above
    choose_ditto(layout, spec, rng, hard)
    layout.lead, layout.gap = rng.choice([0, 0, 1, 2]) * hard, rng.random() < 0.2
    if hard:
        layout.offset = rng.choice([0, 0, 0, 1, 2])
        layout.subtotals = rng.choice(["", "", "month", "page", "quarter"])
        layout.repeat_header = rng.choice([0, 0, 0, 15, 25])
        layout.stacked, layout.numbered_columns = rng.random() < 0.15, rng.random() < 0.1
        layout.bands = kind not in FLAT and layout.subtotals == "month" and rng.random() < 0.5
    return layout, above
