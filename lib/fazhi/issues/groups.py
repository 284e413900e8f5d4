"""What a run tells at its end: issues counted, and those of the same fault in one line."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from fazhi.issues.catalogue import SEVERITY_LABELS

MOST_GROUPS = 20  # groups of issues listed after a run; the appendix has them all, on its sheet 待处理事项


def open_questions(issues: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """What a run tells at its end: counts by severity, what is to be mended or confirmed by office, the gravest first, and how much
    more there is."""
    asked = ([issue for issue in issues if issue["severity"] == name] for name in ("error", "warning"))
    groups = [line for graveness in asked for line in issue_groups(sorted(graveness, key=_office))]
    severities = Counter(issue["severity"] for issue in issues)
    counts = {name: severities[name] for name in SEVERITY_LABELS}
    return {"counts": counts, "groups": groups[:MOST_GROUPS], "more": max(0, len(groups) - MOST_GROUPS)}


def issue_groups(issues: Sequence[Mapping[str, Any]]) -> list[str]:
    """One line for the same fault in one column of one sheet, with all its rows."""
    absent = [issue for issue in issues if issue["kind"] == "ledger_missing"]
    lines = [_missing_line(absent)] if absent else []
    groups: dict[tuple[str, ...], list[Mapping[str, Any]]] = {}
    for issue in issues:
        if issue["kind"] != "ledger_missing":
            groups.setdefault(_alike(issue), []).append(issue)
    for (file, sheet, column, _, expected, advice), alike in groups.items():
        numbers = [issue["row"] for issue in alike if issue["row"] is not None]
        found = list(dict.fromkeys(issue["found"] for issue in alike))
        where = f"{file}{f'「{sheet}」' if sheet else ''}" + (
            f"第 {'、'.join(map(str, numbers[:8]))}{' 等' if len(numbers) > 8 else ''} 行" if numbers else ""
        )
        lines.append(
            f"{where}{f'「{column}」' if column else ''}：{'；'.join(found[:3])}{'等' if len(found) > 3 else ''}"
            + (f"，应为{expected}" if expected else "")
            + f"。{advice}"
        )
    return lines


def _office(issue: Mapping[str, Any]) -> str:
    """The folder of the office whose file it is about: a stable order keeps an office's questions together."""
    folder, _, rest = str(issue["file"]).partition("/")
    return folder if rest else ""


def _alike(issue: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(issue[name] for name in ("file", "sheet", "column", "kind", "expected", "advice"))


def _missing_line(absent: Sequence[Mapping[str, Any]]) -> str:
    """All missing ledgers in one line, each with the office that owes it."""
    owed = (f"{issue['found'].removeprefix('没有')}（{issue['expected'].removesuffix('报送')}）" for issue in absent)
    return f"缺 {len(absent)} 本台账：{'、'.join(owed)}。{absent[0]['advice']}"
