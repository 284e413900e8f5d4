"""The heads of the report's first part, after 《法治政府建设实施纲要(2021—2025年)》, and what a town makes of them."""

from collections.abc import Mapping

HEADS = {
    "study": "深入学习贯彻习近平法治思想",
    "functions": "健全政府机构职能体系",
    "rules": "健全依法行政制度体系",
    "decisions": "健全行政决策制度体系",
    "enforcement": "健全行政执法工作体系",
    "emergency": "健全突发事件应对体系",
    "disputes": "健全社会矛盾纠纷行政预防调处化解体系",
    "oversight": "健全行政权力制约和监督体系",
    "technology": "健全法治政府建设科技保障体系",
    "mechanism": "完善法治政府建设推进机制",
}  # block of report.md -> its usual head


def in_order(own: Mapping[str, str | None]) -> dict[str, str]:
    """Block → head in the order of the report: those of `own` as it has them, the others with their usual head and place.

    One without a head is left out. A block that is not usual stays after the one that it is written after.
    """
    order = list(own)
    before = None
    for block in HEADS:
        if block not in order:
            place = order.index(before) + 1 if before else 0
            while before and place < len(order) and order[place] not in HEADS:
                place += 1
            order.insert(place, block)
        before = block
    heads = {**HEADS, **own}
    return {block: head for block in order if (head := heads[block])}
