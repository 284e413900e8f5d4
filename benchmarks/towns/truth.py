"""What is right: duplicates by rule 4, the rows that count, their fates, and the indicators, counted anew."""

import csv
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from .layout import Layout
from .records import Record
from .rows import Row
from .sheets import Sheet


@dataclass
class Part:
    """One sheet of one ledger in one file."""

    ledger: str
    file: str  # path below the year's folder
    layout: Layout
    sheet: Sheet

    @property
    def told_sheet(self) -> str:
        return self.sheet.name if self.layout.kind in ("xlsx", "xls", "docx") else ""


def key(record: Record, names: Iterable[str]) -> tuple:
    """A record's values in the named columns; the order of names in a cell does not matter."""
    return tuple(tuple(sorted(v)) if isinstance(v, list) else v for v in (record[n] for n in sorted(names)))


def mark_duplicates(parts: list[Part]) -> None:
    """Rule 4: equal to an earlier kept row in every column that both layouts have."""
    kept: dict[frozenset[str], dict[frozenset[str], set[tuple]]] = {}
    layouts = {p.layout.names for p in parts}
    for part in sorted(parts, key=lambda p: p.file):
        own = part.layout.names
        shared = {own & other for other in layouts}
        for at in sorted(part.sheet.entries):
            row = part.sheet.entries[at]
            if row.fate != "kept":
                continue
            if any(key(row.record, own & other) in kept.get(other, {}).get(own & other, ()) for other in layouts):
                row.fate, row.reason = "duplicate", "duplicate"
                part.sheet.fates[at] = ("duplicate", "duplicate")
                continue
            for names in shared:
                kept.setdefault(own, {}).setdefault(names, set()).add(key(row.record, names))


def kept_rows(parts: list[Part]) -> list[Record]:
    """The records that count, in order, without what their layout lacks."""
    rows = []
    for part in sorted(parts, key=lambda p: p.file):
        for at in sorted(part.sheet.entries):
            row: Row = part.sheet.entries[at]
            if row.fate == "kept":
                rows.append({n: v if n in part.layout.names else None for n, v in row.record.items()})
    return rows


def shown(value: Any) -> str:
    """A value as the truth's CSV has it."""
    if value is None:
        return ""
    return f"{value.normalize():f}" if isinstance(value, Decimal) else str(value)


def told_columns(spec: dict) -> list[str]:
    return [n for n, c in spec["columns"].items() if not c.get("private") and not c.get("untold")]


def write_rows(path: Path, header: list[str], rows: Iterable[Iterable[Any]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as f:
        writer = csv.writer(f, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


def first_status(part: Part, row: Row, name: str) -> str:
    """What a run without aliases.yml may do with a cell: resolve it, leave it open (ask), or either."""
    if any(f.name == name and f.asked for f in part.layout.fields):
        return "column"
    if name in row.written:
        return {"either": "either"}.get(row.trap.split(":")[0], "ask")
    return "either" if name in part.layout.open_pairs else "resolve"


def first_cells(specs: dict, parts: list[Part]) -> Iterable[tuple]:
    """Every told cell of every row that counts, where it stands, what it means, and what a first run may do with it."""
    for part in parts:
        for at, row in sorted(part.sheet.entries.items()):
            for name in told_columns(specs[part.ledger]) if row.fate == "kept" else ():
                value = row.record[name] if name in part.layout.names else None
                place = (part.file, part.told_sheet, at, part.ledger, name)
                yield (*place, shown(value), first_status(part, row, name))


def write_truth(folder: Path, specs: dict, parts: list[Part]) -> None:
    """<ledger>.csv, fates.csv and statistics.json of one year."""
    folder.mkdir(parents=True, exist_ok=True)
    tables = {ledger: kept_rows([p for p in parts if p.ledger == ledger]) for ledger in specs}
    for ledger, spec in specs.items():
        names = told_columns(spec)
        write_rows(folder / f"{ledger}.csv", names, ([shown(r[n]) for n in names] for r in tables[ledger]))
    fates = [
        (p.file, p.told_sheet, at, *fate)
        for p in sorted(parts, key=lambda p: p.file)
        for at, fate in sorted(p.sheet.fates.items())
    ]
    write_rows(folder / "fates.csv", ["file", "sheet", "row", "fate", "reason"], fates)
    header = ["file", "sheet", "row", "ledger", "column", "means", "first"]
    write_rows(folder.parent.parent / "first" / f"{folder.name}.csv", header, first_cells(specs, parts))
    figures = json.dumps(statistics(tables), ensure_ascii=False, indent=1, default=float)
    (folder / "statistics.json").write_text(figures + "\n", encoding="utf-8")


def total(rows: list[Record], name: str) -> Any:
    return sum(r[name] or 0 for r in rows)


def where(rows: list[Record], name: str, value: Any) -> list[Record]:
    return [r for r in rows if r[name] == value]


def share(part: Any, whole: Any) -> float | None:
    """A rate from 0 to 1; missing with nothing below the line."""
    return round(float(part) / float(whole), 6) if whole else None


FIVE = ("public_participation", "expert_review", "risk_assessment", "legality_review", "collective_decision")


def passed(r: Record) -> bool:
    return bool(r["on_establishment"] and r["trained"] and r["exam_passed"])


def least(officers: list[Record]) -> int | None:
    """The least number of officers on the establishment in any office listed."""
    listed = {r["department"] for r in officers if r["department"]}
    return min(
        (sum(bool(r["on_establishment"]) for r in where(officers, "department", d)) for d in listed), default=None
    )


FIGURES: dict[str, Callable[[list[Record]], Any]] = {
    "studies.special_sessions": lambda t: len(where(t, "kind", "专题学习")),
    "studies.law_sessions": lambda t: len(where(t, "kind", "法律法规学习")),
    "studies.attendance": lambda t: total([r for r in t if r["kind"]], "attendance"),
    "officers.passed_on_establishment": lambda t: sum(passed(r) for r in t),
    "officers.least_per_department": least,
    "service_items.categories": lambda t: len({r["category"] for r in t}),
    "service_items.items": len,
    "contracts.reviewed": len,
    "contracts.major": lambda t: len(where(t, "major", True)),
    "decisions.made": len,
    "decisions.full_procedure_rate": lambda t: share(sum(all(r[n] for n in FIVE) for r in t), len(t)),
    "normative_documents.reviewed": len,
    "normative_documents.repealed": lambda t: len(where(t, "result", "废止")),
    "inspections.visits": len,
    "inspections.hazards_found": lambda t: total(t, "hazards_found"),
    "inspections.rectification_rate": lambda t: share(total(t, "hazards_fixed"), total(t, "hazards_found")),
    "penalties.decisions": len,
    "penalties.fines_yuan": lambda t: total(t, "fine_yuan"),
    "case_reviews.reviewed": len,
    "case_reviews.excellent_rate": lambda t: share(len(where(t, "grade", "优秀")), len(t)),
    "drills.held": len,
    "drills.participants": lambda t: total(t, "participants"),
    "emergency_outreach.campaigns": lambda t: len(where(t, "form", "集中宣传")),
    "emergency_outreach.households": lambda t: total(t, "households"),
    "emergency_outreach.leaflets": lambda t: total(t, "leaflets"),
    "disputes.mediated": len,
    "disputes.amount_yuan": lambda t: total(t, "amount_yuan"),
    "disputes.success_rate": lambda t: share(
        len(where(t, "outcome", "调解成功")),
        len(where(t, "outcome", "调解成功")) + len(where(t, "outcome", "调解不成功")),
    ),
    "consultations.cases": lambda t: total(t, "cases"),
    "publicity.court_tours": lambda t: len(where(t, "kind", "巡回庭审")),
    "oversight.opinions": lambda t: len(where(t, "kind", "群众监督意见")),
    "oversight.opinions_resolved_rate": lambda t: share(
        len(where(where(t, "kind", "群众监督意见"), "resolved", True)), len(where(t, "kind", "群众监督意见"))
    ),
    "oversight.forums": lambda t: len(where(t, "kind", "居民群众代表座谈会")),
    "oversight.reports": lambda t: len(where(t, "kind", "向人大政协报告工作")),
    "service_station.online_people": lambda t: total(where(t, "mode", "线上"), "people"),
    "service_station.offline_sessions": lambda t: len(where(t, "mode", "线下")),
    "tasks.assigned": len,
    "tasks.done": lambda t: len(where(t, "done", True)),
    "honours.model_villages_city": lambda t: len(where(where(t, "kind", "民主法治示范村(社区)"), "level", "市级")),
    "leadership.meetings": lambda t: len(where(t, "kind", "专题会议")),
    "leadership.issues_resolved": lambda t: total(t, "issues_resolved"),
    "leadership.studies": lambda t: len(where(t, "kind", "专题学习")),
}


def statistics(tables: dict[str, list[Record]]) -> dict[str, Any]:
    """Every indicator of the README, counted straight from the rows."""
    return {name: count(tables[name.split(".")[0]]) for name, count in FIGURES.items()}
