"""`fazhi accept`: list what the last run asks, and record what the analyst decides in aliases.yml."""

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from functools import cache
from pathlib import Path

from fazhi.cleaning.cells import Context, reader
from fazhi.cli.accept_form import FormRequest, accept_form, is_sheet_named
from fazhi.decisions.aliases_edit import (
    EMPTY,
    NAME,
    OWN,
    Decision,
    Meaning,
    own_category,
    present_meaning,
    shown,
    with_decision,
)
from fazhi.decisions.counted_once import TARGET, counted_once
from fazhi.decisions.questions import Question, numbered, path_of, questions
from fazhi.decisions.sheet_form import Choice
from fazhi.dictionary.aliases import NO_INDICATOR, Aliases
from fazhi.dictionary.models import Column, Specs
from fazhi.dictionary.yaml_reading import build, nearest, parse_yaml
from fazhi.errors import SpecError
from fazhi.recognition.ledgers import NO_LEDGER
from fazhi.town_year import TownSettings, TownYear, open_year
from fazhi.workspace.files import write_bytes
from fazhi.workspace.paths import latest_year, place

_USAGE = (
    "记录：fazhi accept 编号 意思，如 fazhi accept 1 {example}；哪个都不是：fazhi accept 编号 空（按没有填写处理）；"
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


def accept_command(folder: Path | None, year: int | None, request: AcceptRequest, *, as_json: bool) -> int:
    """List the open questions, or record a decision; 1 where questions are left open in a list."""
    workspace = place(folder)
    town = open_year(latest_year(workspace, year), workspace)
    if is_sheet_named(request.words):
        return accept_form(
            town, FormRequest(request.words[0], request.choice, request.yes, request.replace), as_json=as_json
        )
    text = _text(workspace.aliases_file)
    if not request.words:
        found = questions(town, text)
        print(json.dumps([asdict(q) for q in found], ensure_ascii=False, indent=2) if as_json else listing(found))
        return 1 if any(not question.decided and not question.settled for question in found) else 0
    decision, *others = decide(town, request.words, text)
    outcome = record(workspace.aliases_file, text, [decision, *others], request)
    if as_json:
        answer = {"path": list(decision.path), "written": decision.written, "means": decision.means, "told": outcome}
        also = {"also": [one.written for one in others]} if others else {}
        print(json.dumps({**answer, **also}, ensure_ascii=False, indent=2))
    else:
        print(f"{outcome}下次 fazhi run {town.year} 起生效。")
    return 0


def _text(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8-sig") if path.exists() else ""
    except UnicodeDecodeError:
        raise SpecError(f"{NAME} 不是 UTF-8 文本，请另存为 UTF-8 编码。") from None


def listing(found: Sequence[Question]) -> str:
    """The questions, numbered, each with the nearest known names; below them what is settled and may be changed."""
    numbers = list(enumerate(found, 1))
    asked = [line for number, one in numbers if not one.settled for line in _lines(number, one)]
    settled = [(number, one) for number, one in numbers if one.settled]
    example = next((q.nearest[0] for q in found if q.nearest and not q.settled), EMPTY)
    lines = [*asked, _USAGE.format(example=example)] if asked else ["没有待定的写法。"]
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
    else:
        also = f"（还有“{'”“'.join(question.also)}”，一并记为同一个意思）" if question.also else ""
        yield f"{number}. {question.about}：“{question.written}”{also}，{question.count} 处，如 {question.place}"
    state = f"已记为“{question.decided}”，下次运行生效" if question.decided and not question.settled else ""
    offered = f"{'可以答' if once else '相近的有'}：{'、'.join(question.nearest) or '无'}"
    at_once = f"；整张表一次答完：{question.command}" if question.command and not state else ""
    yield f"   {state or offered}{at_once}"


def record(path: Path, text: str, decisions: Sequence[Decision], request: AcceptRequest) -> str:
    """Write the decisions into aliases.yml, all or none; what was done. Raises SpecError where an earlier decision differs."""
    after, sentences = text, []
    for decision in decisions:
        after, said_of_it = _with_decision(after, decision, request)
        sentences.append(said_of_it)
    if after == text:
        return sentences[0]
    build(Aliases, parse_yaml(after, NAME), NAME)
    mark = b"\xef\xbb\xbf" if path.exists() and path.read_bytes().startswith(b"\xef\xbb\xbf") else b""
    write_bytes(path, mark + after.encode("utf-8"))
    return "".join(sentences)


def _with_decision(text: str, decision: Decision, request: AcceptRequest) -> tuple[str, str]:
    """The text with the decision in it, and what is told of it."""
    known, means = present_meaning(text, decision.path, decision.written)
    if isinstance(decision.means, tuple):
        return _with_category(text, decision, request, means or ())
    if known and str(means) == str(decision.means):
        return text, f"{NAME} 已有这一条，没有改动（{decision.sentence}）。"
    if known and not request.replace:
        raise SpecError(
            f"{NAME} 已写明“{decision.written}”为“{shown(means)}”，与这次的“{shown(decision.means)}”不一致，没有改动。确要改，请加 --replace。"
        )
    was = f"（原为“{shown(means)}”）" if known else ""
    return with_decision(text, decision, request.date.isoformat()), f"已记入 {NAME}：{decision.sentence}{was}。"


def _with_category(text: str, decision: Decision, request: AcceptRequest, known: Sequence[str]) -> tuple[str, str]:
    """The text with a category of the town's own in it, and what is told of it."""
    for written in decision.means if isinstance(decision.means, tuple) else ():
        if written in known:
            return text, f"{NAME} 已有这一条，没有改动（{decision.sentence}）。"
        earlier, means = present_meaning(text, ("values", decision.written), written)
        if earlier:
            raise SpecError(f"{NAME} 已写明“{written}”为“{shown(means)}”，没有改动。要{OWN}，请先删去那一行。")
    return with_decision(text, decision, request.date.isoformat()), f"已记入 {NAME}：{decision.sentence}。"


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
            return _own(town.settings.specs, question.target, spellings)
        return [_decision(town.settings, question.target, written, words[1]) for written in spellings]
    if len(words) == 3 and words[0] == TARGET:
        return [counted_once(words[1], words[2])]
    if len(words) == 3 and words[2] == OWN:
        return _own(town.settings.specs, _target(town.settings.specs, words[0]), (words[1],))
    if len(words) == 3:
        return [_decision(town.settings, _target(town.settings.specs, words[0]), words[1], words[2])]
    raise SpecError(
        "写法：fazhi accept（列出问题）；fazhi accept 编号 意思，几个一起答用 编号=意思 编号=意思；"
        "fazhi accept 项目 写法 意思，如 fazhi accept disputes.source 网格排查 主动排查。"
    )


def _own(specs: Specs, target: str, spellings: Sequence[str]) -> list[Decision]:
    """The first spelling is a category of the town's own, the others mean it. Raises SpecError where the list is not one of categories."""
    ledger, _, name = target.partition(".")
    column = specs.ledgers[ledger].columns[name] if name and ledger in specs.ledgers else None
    if column is None or column.kind != "vocabulary":
        raise SpecError(f"“{target}”不是分类的列，不能“{OWN}”，没有改动。村（居）、科室请写入 unit.yml。")
    first, *others = spellings
    return [own_category(target, first), *(Decision(path_of(target), other, first) for other in others)]


def _target(specs: Specs, word: str) -> str:
    """The target named by id or in Chinese."""
    names = {name: name for name in ("villages", "offices", "files", "plans")}
    names |= {"村居": "villages", "科室": "offices", "文件": "files", "计划": "plans"}
    for ledger, spec in specs.ledgers.items():
        names |= {f"columns.{ledger}": f"columns.{ledger}", f"columns.{spec.title}": f"columns.{ledger}"}
        for name, column in spec.columns.items():
            names |= {f"{ledger}.{name}": f"{ledger}.{name}", f"{spec.title}.{column.label}": f"{ledger}.{name}"}
    if word not in names:
        raise SpecError(f"没有项目“{word}”，最接近的是：{'、'.join(nearest(word, list(names), 3, 0))}。")
    return names[word]


def _decision(settings: TownSettings, target: str, written: str, meaning: str) -> Decision:
    """A decision that the next run can apply."""
    if not written.strip():
        raise SpecError("写法是空的，没有改动。")
    specs = settings.specs
    if target == "files":
        titles = {ledger.title: name for name, ledger in specs.ledgers.items()}
        means: Meaning = _among(meaning, {**titles, NO_LEDGER: NO_LEDGER}, "台账")
    elif target == "plans":
        labels = {indicator.label: name for name, indicator in specs.indicators.items()}
        means = _among(meaning, {**labels, NO_INDICATOR: NO_INDICATOR}, "指标")
    elif target.startswith("columns."):
        columns = specs.ledgers[target.removeprefix("columns.")].columns
        means = _among(
            meaning, {**{column.label: name for name, column in columns.items()}, NO_LEDGER: NO_LEDGER}, "列"
        )
    else:
        means = _value(settings, target, written, meaning)
    return Decision(path_of(target), written.strip(), means)


def _among(meaning: str, names: Mapping[str, str], what: str) -> str:
    """The id of what is named by its Chinese name or its id."""
    found = names.get(meaning) or (meaning if meaning in names.values() else None)
    if found is None:
        near = "、".join(nearest(meaning, [*names, *names.values()], 3, 0))
        raise SpecError(f"没有{what}“{meaning}”，最接近的是：{near}。没有改动。")
    return found


def _value(settings: TownSettings, target: str, written: str, meaning: str) -> Meaning:
    """What a written value means: a known value, whatever the column's kind can read, or nothing."""
    ledger, name, column = _column(settings, target)
    if column.private or column.kind in ("text", "party", "uscc"):
        raise SpecError(f"「{column.label}」不是可以对照的列（文字或个人信息），没有改动。笔误请写入 corrections.csv。")
    vocabulary = settings.vocabularies[ledger].get(name)
    context = Context(year=2000, closed_list=vocabulary)
    if vocabulary is not None and written in vocabulary.names:
        raise SpecError(f"“{written}”本来就是规定的取值，没有改动。")
    if meaning == EMPTY:
        return None
    value = reader(column, context)(meaning, None)
    if value.fault or value.value is None:
        near = f"，最接近的是：{'、'.join(value.nearest)}" if value.nearest else ""
        raise SpecError(f"「{column.label}」不认“{meaning}”（{value.fault or '等于没有填写'}）{near}。没有改动。")
    return value.value if isinstance(value.value, bool) or vocabulary is not None else meaning


def _column(settings: TownSettings, target: str) -> tuple[str, str, Column]:
    """The ledger and column that a target concerns; for villages and offices, any column of that kind."""
    if "." in target:
        ledger, _, name = target.partition(".")
        return ledger, name, settings.specs.ledgers[ledger].columns[name]
    kind = {"villages": "village", "offices": "office"}[target]
    return next(
        (ledger, name, column)
        for ledger, spec in settings.specs.ledgers.items()
        for name, column in spec.columns.items()
        if column.kind == kind
    )
