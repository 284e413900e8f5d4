"""The answer to a draft: lines for the terminal, JSON, the draft itself with comments, and a page with colours."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from fazhi.checking.answering.changes import Change
from fazhi.checking.answering.word_comments import BODY, NOTES, commented
from fazhi.checking.judging.judgement import VERDICTS, Judgement
from fazhi.checking.judging.remarks import Remark
from fazhi.checking.reading.draft import Draft, Passage, part_label
from fazhi.quantities.counted import counted

SHOWN = ("wrong", "doubtful")
_LONG = 500  # characters before and after a figure, at most, that are told of its sentence


@dataclass(frozen=True)
class Answer:
    """A draft with its judgements, and what else is to be told of it (last year's year in a heading, private values)."""

    name: str
    year: int
    draft: Draft
    judgements: tuple[Judgement, ...]
    remarks: tuple[Remark, ...] = ()
    sources: Mapping[str, str] = field(default_factory=dict)  # ledger -> its title, and the office that keeps it
    changes: tuple[Change, ...] = ()  # against the year's own draft, where this one came from it

    @property
    def counts(self) -> Counter[str]:
        return Counter(one.verdict for one in self.judgements)

    @property
    def remark_lines(self) -> list[str]:
        """The remarks as sentences with their places; a private value is never quoted."""
        return [f"{place_of(self.draft.passage_at(one.start))}{self._quoted(one)}{one.why}" for one in self.remarks]

    def _quoted(self, remark: Remark) -> str:
        text = self.draft.text[remark.start : remark.end]
        return "" if remark.is_private else f"“{text}”："

    @property
    def is_wrong(self) -> bool:
        return any(one.verdict in SHOWN for one in self.judgements) or bool(self.remarks)


def lines(answer: Answer) -> Iterator[str]:
    """What the terminal shows: the counts, then each figure that is wrong or doubtful with its sentence."""
    counts = "，".join(
        f"{label} {answer.counts[verdict]} 处" for verdict, label in VERDICTS.items() if answer.counts[verdict]
    )
    yield f"{answer.name}：共 {len(answer.judgements)} 个数，{counts or '没有可以核对的数'}。"
    for one in answer.judgements:
        if one.verdict in SHOWN:
            yield f"  · {place(answer.draft, one)}“{excerpt(one)}”：{one.why}。"
    yield from (f"  · {remark}。" for remark in answer.remark_lines)
    for change in answer.draft.tracked[:20]:
        yield f"  · 修订涉及数字，已按接受计：{change}"
    if answer.changes:
        kinds = Counter(one.kind for one in answer.changes)
        yield f"与初稿相比改动 {len(answer.changes)} 句：{'，'.join(f'{kind} {count}' for kind, count in kinds.items())}；对照见网页。"


def as_data(answer: Answer) -> dict[str, Any]:
    """The same as data: `claims` in the order of the draft, and `summary`."""
    things = counted(answer.draft.text, [one.claim.quantity for one in answer.judgements])
    claims = [
        {
            "text": one.claim.quantity.text, "sentence": _sentence(one), "start": one.claim.quantity.start,
            "end": one.claim.quantity.end, "value": _plain(one.claim.quantity.value), "unit": one.claim.quantity.measure,
            "approx": one.claim.quantity.approx, "kind": one.claim.quantity.kind, "counted": thing, "year": one.claim.year or None,
            "indicator": one.indicator or None, "verdict": one.verdict, "expected": one.expected or None,
            "formula": one.formula or None, "why": one.why,
        }
        for one, thing in zip(answer.judgements, things, strict=True)
    ]  # fmt: skip
    summary = {verdict: answer.counts[verdict] for verdict in VERDICTS}
    return {
        "draft": answer.name, "year": answer.year, "claims": claims, "summary": summary,
        "remarks": answer.remark_lines, "tracked_changes": list(answer.draft.tracked),
        "changes": [asdict(one) for one in answer.changes],
    }  # fmt: skip


def as_json(answer: Answer) -> str:
    """`as_data` as JSON text."""
    return json.dumps(as_data(answer), ensure_ascii=False, indent=1) + "\n"


def with_comments(data: bytes, answer: Answer) -> bytes | None:
    """The Word draft itself, with a comment at each figure that is wrong or doubtful, and one for all else at its beginning."""
    notes, general = [], []
    shown = [one for one in answer.judgements if one.verdict in SHOWN]
    said = [
        (
            one.claim.quantity.start,
            one.claim.quantity.end,
            f"{one.claim.quantity.text}：{VERDICTS[one.verdict]}。{one.why}。{_source(answer, one)}",
        )
        for one in shown
    ]
    said += [(one.start, one.end, f"{one.why}。") for one in answer.remarks]
    for start, end, text in sorted(said):
        passage = answer.draft.passage_at(start)
        if passage.part == BODY:
            notes.append((passage, start - passage.start, end - passage.start, text))
        elif passage.part in NOTES:
            notes.append((passage, 0, 0, f"{part_label(passage.part)}：{text}"))
        else:
            general.append(f"{place_of(passage)}：{text}")
    return commented(data, notes, general)


def _source(answer: Answer, one: Judgement) -> str:
    """Where the figure that should stand there comes from, for whoever has only the Word file."""
    source = answer.sources.get(one.indicator.partition(".")[0], "")
    return f"依据：{source}。" if source else ""


def place(draft: Draft, one: Judgement) -> str:
    """Where a figure stands: 第 12 段, 脚注第 1 段."""
    return place_of(draft.passage_at(one.claim.quantity.start))


def place_of(passage: Passage) -> str:
    """Where a passage stands."""
    return f"{part_label(passage.part)}第 {passage.number + 1} 段"


def excerpt(one: Judgement) -> str:
    """The words around a figure, forty characters at most."""
    sentence, at = one.claim.sentence, one.claim.quantity.start - one.claim.start
    left, right = max(0, at - 18), at + len(one.claim.quantity.text) + 8
    goes_on = bool(sentence[right : right + _LONG].strip())
    return ("…" if left else "") + sentence[left:right].strip() + ("…" if goes_on else "")


def _sentence(one: Judgement) -> str:
    """The sentence of a figure; of one without an end, the words around it."""
    sentence, at = one.claim.sentence, one.claim.quantity.start - one.claim.start
    if len(sentence) <= 2 * _LONG:
        return sentence.strip()
    left, right = max(0, at - _LONG), at + _LONG
    return ("…" if left else "") + sentence[left:right].strip() + ("…" if right < len(sentence) else "")


def _plain(value: Any) -> int | float:
    return int(value) if value == int(value) else float(value)
