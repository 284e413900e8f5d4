"""A few figures with parts by kind, village and quarter, for what binds the words of a text."""

from decimal import Decimal

import pytest

from fazhi.checking.binding.known_figures import Figure, Ledgers
from fazhi.dictionary.loading import load_specs

VALUES = {
    "disputes.mediated": (200, 160), "disputes.success_rate": ("0.944", "0.957"), "disputes.amount_yuan": (848_300, 665_000),
    "consultations.cases": (660, 604), "penalties.decisions": (64, 80), "penalties.fines_yuan": (508_369, 393_600),
    "studies.special_sessions": (14, 12), "studies.law_sessions": (23, 20), "drills.held": (79, 70),
    "drills.participants": (4366, 4000), "contracts.reviewed": (136, 111), "contracts.major": (39, 26), "contracts.major_reviewed_rate": ("0.97", "0.96"),
    "decisions.made": (43, 40), "decisions.full_procedure_rate": ("0.814", "0.79"), "inspections.visits": (371, 352),
    "inspections.hazards_found": (8, 9), "inspections.rectification_rate": ("0.75", "0.8"),
}  # fmt: skip
PARTS = {
    ("disputes", "category"): {"邻里纠纷": 40, "婚姻家庭纠纷": 25, "物业纠纷": 15},
    ("disputes", "source"): {"派出所移交": 31, "群众来访": 61},
    ("disputes", "village"): {"石桥村": 90, "柳湾村": 72},
    ("consultations", "channel"): {"来访": 410, "电话": 160},
}
QUARTERS = {(1, 3): 40, (4, 6): 50, (7, 9): 63, (10, 12): 47, (1, 6): 90, (7, 12): 110}  # of the disputes
SHORT = {
    "disputes": {"邻里": "邻里纠纷", "婚姻家庭": "婚姻家庭纠纷", "物业": "物业纠纷", "找上门": "群众来访", "来访": "群众来访"},
    "consultations": {"上门": "来访", "打电话": "电话"},
}  # fmt: skip


@pytest.fixture(scope="module")
def ledgers() -> Ledgers:
    specs = load_specs().indicators
    figures = [Figure(specs[name], Decimal(now), Decimal(before), {}) for name, (now, before) in VALUES.items()]
    wholes = ("disputes.mediated", "consultations.cases")

    def part(figure, where, months=None):
        if not where:
            return (
                Decimal(QUARTERS[months]) if figure.indicator.id == "disputes.mediated" and months in QUARTERS else None
            )
        ((column, value),) = where.items()
        known = PARTS.get((figure.indicator.ledger, column), {}).get(value)
        return Decimal(known) if figure.indicator.id in wholes and known else None

    values: dict[str, dict[str, str]] = {}
    for (ledger, column), counts in PARTS.items():
        values.setdefault(ledger, {}).update(dict.fromkeys(counts, column))
    return Ledgers(2025, tuple(figures), part, values, ("司法所", "应急管理办"), frozenset(), SHORT, "柳河镇")
