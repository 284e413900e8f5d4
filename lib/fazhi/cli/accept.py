"""`fazhi accept`: list what the last run asks, and record what the analyst decides in aliases.yml."""

import json
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from functools import cache
from pathlib import Path

from fazhi.decisions.aliases_edit import EMPTY, OWN, Decision
from fazhi.decisions.answers import decision_of, own_categories, target_named
from fazhi.decisions.counted_once import TARGET, counted_once
from fazhi.decisions.questions import Question, numbered, questions
from fazhi.decisions.recording import aliases_text, record
from fazhi.decisions.sheet_form import Choice
from fazhi.errors import SpecError
from fazhi.town_year import TownYear, open_year
from fazhi.workspace.paths import latest_year, place

_USAGE = (
    "记录：fazhi accept 编号 意思，如 fazhi accept {number} {example}；哪个都不是：fazhi accept 编号 空（按没有填写处理）；"
    "本镇另设的类别：fazhi accept 编号 自成一类；"
    "几个一起答：fazhi accept 编号=意思 编号=意思。"
)
_PAIR = re.compile(
    r"(?P<written>.+)[=＝](?P<means>[^=＝]+)", re.S
)  # an answer among several: 1=主动排查, 网格排查=主动排查
_MAXIMUM_SETTLED = 20  # of what is settled, listed


@dataclass(frozen=True)
class AcceptRequest:
    """The words of the command: nothing, a number and a meaning, or a target, what is written and what it means."""

    words: Sequence[str]
    date: date
    replace: bool = False
    choice: Choice = field(default_factory=Choice)  # of a sheet, where the only word is a file
    yes: bool = False


def _is_sheet_named(words: Sequence[str]) -> bool:
    """Whether the command's words name a file and no number of a question, with or without its answer."""
    return len(words) == 1 and not re.fullmatch(r"\d+([=＝].*)?", words[0], re.S)


def accept_command(folder: Path | None, year: int | None, request: AcceptRequest, *, as_json: bool) -> int:
    """List the open questions, or record a decision; 1 where questions are left open in a list."""
    workspace = place(folder)
    town = open_year(latest_year(workspace, year), workspace)
    if _is_sheet_named(request.words):
        from fazhi.cli.accept_form import FormRequest, accept_form  # all that recognises sheets: for nothing else

        return accept_form(
            town,
            FormRequest(request.words[0], request.choice, request.yes, request.replace, request.date),
            as_json=as_json,
        )
    text = aliases_text(workspace.aliases_file)
    if not request.words:
        found = questions(town, text)
        print(json.dumps([asdict(q) for q in found], ensure_ascii=False, indent=2) if as_json else listing(found))
        return 1 if any(not question.decided and not question.settled for question in found) else 0
    decision, *others = decide(town, request.words, text)
    outcome = record(workspace.aliases_file, text, [decision, *others], request.date, request.replace)
    if as_json:
        answer = {"path": list(decision.path), "written": decision.written, "means": decision.means, "told": outcome}
        also = {"also": [one.written for one in others]} if others else {}
        print(json.dumps({**answer, **also}, ensure_ascii=False, indent=2))
    else:
        print(f"{outcome}下次 fazhi run {town.year} 起生效。")
    return 0


def listing(found: Sequence[Question]) -> str:
    """The questions, numbered, each with the nearest known names; below them what is settled and may be changed."""
    numbers = list(enumerate(found, 1))
    asked = [line for number, one in numbers if not one.settled for line in _lines(number, one)]
    settled = [(number, one) for number, one in numbers if one.settled]
    number, example = next(((number, q.nearest[0]) for number, q in numbers if q.nearest and not q.settled), (1, EMPTY))
    lines = [*asked, _USAGE.format(number=number, example=example)] if asked else ["没有待定的写法。"]
    if settled:
        lines.append("已按规则或认定计数，不必再答；不对的可改（fazhi accept 编号 答案，改以前的认定加 --replace）：")
        lines += [line for pair in settled[:_MAXIMUM_SETTLED] for line in _lines(*pair)]
    if len(settled) > _MAXIMUM_SETTLED:
        lines.append(f"……还有 {len(settled) - _MAXIMUM_SETTLED} 处，用 fazhi accept --json 可以全部列出。")
    return "\n".join(lines)


def _lines(number: int, question: Question) -> Iterator[str]:
    once = question.target == TARGET
    if once:
        yield f"{number}. {question.place}：{question.about}"
        if question.advice and not question.decided:
            yield f"   {question.advice}"
    else:
        also = f"（还有“{'”“'.join(question.also)}”，一并记为同一个意思）" if question.also else ""
        yield f"{number}. {question.about}：“{question.written}”{also}，{question.count} 处，如 {question.place}"
    state = f"已记为“{question.decided}”，下次运行生效" if question.decided and not question.settled else ""
    offered = f"{'可以答' if once else '相近的有'}：{'、'.join(question.nearest) or '无'}"
    at_once = f"；整张表一次答完：{question.command}" if question.command and not state else ""
    yield f"   {state or offered}{at_once}"


def decide(town: TownYear, words: Sequence[str], text: str) -> list[Decision]:
    """What the words mean, for each spelling that is asked about, checked against what is known. Raises SpecError that names the nearest known."""
    asked = cache(lambda: questions(town, text))
    return [decision for answer in _answers(words) for decision in _decided(town, answer, asked)]


def _answers(words: Sequence[str]) -> list[Sequence[str]]:
    """Each answer by itself: `编号=意思 …`, `项目 写法=意思 …`, or one in words of its own."""
    pairs = [_PAIR.fullmatch(word) for word in words]
    if words and all(pair and pair["written"].isdigit() for pair in pairs):
        return [pair.groups() for pair in pairs if pair]
    if len(words) > 1 and all(pairs[1:]) and not words[0].isdigit():
        return [(words[0], *pair.groups()) for pair in pairs[1:] if pair]
    return [words]


def _decided(town: TownYear, words: Sequence[str], asked: Callable[[], Sequence[Question]]) -> list[Decision]:
    """What one answer means, for each spelling that it holds for."""
    if len(words) == 2 and words[0].isdigit():
        question = numbered(asked(), int(words[0]))
        if question.target == TARGET:
            return [counted_once(question.written, words[1])]
        spellings = (question.written, *question.also)
        if words[1] == OWN:
            return own_categories(town.settings.specs, question.target, spellings)
        return [decision_of(town.settings, question.target, written, words[1]) for written in spellings]
    if len(words) == 3 and words[0] == TARGET:
        return [counted_once(words[1], words[2])]
    if len(words) == 3 and words[2] == OWN:
        return own_categories(town.settings.specs, target_named(town.settings.specs, words[0]), (words[1],))
    if len(words) == 3:
        return [decision_of(town.settings, target_named(town.settings.specs, words[0]), words[1], words[2])]
    raise SpecError(
        "写法：fazhi accept（列出问题）；fazhi accept 编号 意思，几个一起答用 编号=意思 编号=意思；"
        "fazhi accept 项目 写法 意思，如 fazhi accept disputes.source 网格排查 主动排查。"
    )
