"""What the page of the trends lets a reader explore: findings with a link to their counts, and the counts themselves."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from fazhi.disclosure.published_series import PERIODS, STEPS, Published
from fazhi.documents.model import Explorer, FindingItem
from fazhi.trend_report.public_findings import PublicFinding
from fazhi.trend_report.selection import View
from fazhi.trends.finding import CONFIDENCE, Finding


def explorer(view: View, published: Published, public: Sequence[PublicFinding], nothing: str) -> Explorer:
    """The findings that claim something (`nothing` where none does), and the published counts to choose among."""
    claims = [one for one in public if one.finding.claims]
    items = [_item(one, view, published) for one in claims] or [FindingItem(sentence=nothing)]
    number = view.roles.number
    note = f"合计等于各部分之和。{number}少的时段和类别已合在一起；两个条件同时选的{number}不公布，选一个条件时其他条件恢复为全部。"
    return Explorer(
        findings=tuple(items), data=explorer_data(view, published), note=note,
        says=(*published.says, *(one.key for one in claims)),
    )  # fmt: skip


def _item(item: PublicFinding, view: View, published: Published) -> FindingItem:
    finding = item.finding
    sure, link = f"把握：{CONFIDENCE[finding.confidence]}", _link(finding, view, published)
    return FindingItem(sentence=item.sentence, confidence=sure, link=link)


def _link(finding: Finding, view: View, published: Published) -> str:
    """What to choose to see the finding; nothing where it is about what has no line of its own."""
    place = finding.town if view.place == "town" else finding.village
    wanted = {view.place: place, "category": finding.category, "source": finding.source}
    wanted = {key: name for key, name in wanted.items() if name}
    shown = [(line.dimension, line.name) for line in published.lines]
    first = next(((key, name) for key, name in wanted.items() if (key, name) in shown), None)
    if wanted and first is None:
        return ""
    chosen = dict([first]) if first else {}
    return "#" + urlencode({**chosen, "from": published.years[0], "to": published.years[-1]})


def explorer_data(view: View, published: Published) -> dict[str, Any]:
    """What the page lets a reader choose among: the published counts and nothing else."""
    names = (view.place, "category", "source", "outcome")
    return {
        "where": view.where,
        "unit": view.roles.counter,
        "years": list(published.years),
        "periods": {str(step): PERIODS[step] for step in STEPS},
        "dimensions": [{"key": name, "label": view.labels[name]} for name in names if published.of(name)],
        "lines": [
            {
                "d": line.dimension,
                "n": line.name,
                "s": line.step,
                "v": {str(year): n for year, n in line.values.items()},
            }
            for line in published.lines
        ],
    }
