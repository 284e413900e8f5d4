"""What a run tells at its end: the gravest first, offices in the order of their ledgers."""

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


def _issue(severity: str, office: str) -> Issue:
    """An issue as it stands in issues.parquet."""
    return Issue("file_refused", severity, f"{office}/1.xlsx", office=office)


def test_groups_stand_by_severity_then_as_the_offices_do_in_the_report():
    asked = open_questions([_issue(*place) for place in PLACES], office_key(load_specs().ledgers.values()))
    assert asked.counts == {"error": 3, "warning": 1, "info": 1}
    assert [(group.severity, group.office) for group in asked.groups] == [
        ("error", "党政办"), ("error", "综合行政执法大队"), ("error", "司法所"), ("warning", "司法所"),
    ]  # fmt: skip
