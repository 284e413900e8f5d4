"""A ledger sent again as another kind of file counts once, whatever the kind; with an amended row it is asked about or told."""

import pytest

from fazhi.cleaning.clean import clean
from fazhi.recognition.survey import survey
from made.file_kinds import KINDS, as_xlsx
from made.shown_sheets import ods, ods_cell, ods_row

HEAD = ["处罚决定书文号", "处罚日期", "当事人", "违法行为", "罚款金额", "是否缴纳"]
ROWS = [
    [f"青罚〔2025〕{n}号", f"2025-03-{n:02}", f"{name}记店", "占道经营", 200 + n, "是"]
    for n, name in enumerate("甲乙丙丁戊己", 1)
]


def as_ods(rows):
    """An OpenDocument sheet."""
    return ods("".join(ods_row(*("<table:table-cell/>" if c is None else ods_cell(c) for c in row)) for row in rows))


@pytest.mark.parametrize(("name", "make"), [*KINDS, ("a.ods", as_ods)])
@pytest.mark.parametrize("amended", [False, True])
def test_a_ledger_sent_again_counts_once(workspace, settings, name, make, amended):
    again = [[*ROWS[0][:4], 999, "是"], *ROWS[1:]] if amended else ROWS
    for path, content in (
        ("台账.xlsx", as_xlsx),
        (f"台账（改）{name[1:]}" if name[0] == "a" else f"台账（改）{name}", make),
    ):
        rows = ROWS if path == "台账.xlsx" else again
        (workspace.raw(2025) / path).write_bytes(content([["行政处罚台账"], HEAD, *rows]))
    found = survey(workspace, 2025, settings)
    result = clean(settings.specs.ledgers["penalties"], found.of("penalties"), settings, 2025)
    assert result.kept == 6
    assert sum(map(float, result.kept_values("fine_yuan"))) == sum(row[4] for row in again)
    warned = [issue.kind for issue in (*found.issues, *result.issues) if issue.severity != "info"]
    assert warned in ([], ["record_amended"]) if amended else warned == []
