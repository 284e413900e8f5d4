"""What a run tells at its end: the gravest first, offices in the order of their ledgers."""

from dataclasses import asdict

from fazhi.dictionary.ledger_order import office_key
from fazhi.dictionary.loading import load_specs
from fazhi.issues import Issue, open_questions

PLACES = [
    ("warning", "司法所"),
    ("error", "综合行政执法大队"),
    ("error", "司法所"),
    ("error", "党政办"),
    ("info", "党建办"),
]


def _row(severity: str, office: str) -> dict[str, object]:
    """An issue as it stands in issues.parquet."""
    issue = Issue("file_refused", "error", f"{office}/1.xlsx")
    return {**asdict(issue), "severity": severity, "office": office, "changes": ""}


def test_groups_stand_by_severity_then_as_the_offices_do_in_the_report():
    asked = open_questions([_row(*place) for place in PLACES], office_key(load_specs().ledgers.values()))
    assert asked.counts == {"error": 3, "warning": 1, "info": 1}
    assert [(group.severity, group.office) for group in asked.groups] == [
        ("error", "党政办"), ("error", "综合行政执法大队"), ("error", "司法所"), ("warning", "司法所"),
    ]  # fmt: skip
