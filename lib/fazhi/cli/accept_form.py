"""`fazhi accept FILE`: the one question that a sheet asks, all at once; its answer is a form in data/raw/forms."""

import json
import re
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

import yaml

from fazhi.decisions.form_file import record_form
from fazhi.decisions.mapping import Choice, needed_columns
from fazhi.decisions.recording import aliases_text, record
from fazhi.decisions.sheet_form import KINDS, SheetForm, sheet_form, try_form
from fazhi.decisions.unread_values import UnreadValue, decisions_of, values_to_say
from fazhi.errors import FazhiError, SpecError
from fazhi.number_words import said
from fazhi.town_year import TownYear

_KIND_WORDS = {kind: word for word, kind in KINDS.items()}
_HELP = (
    "回车＝照此记录；改一列：标题=列；不要一列：标题=；改一个写法：列:写法=意思；换台账：台账名；都不是：无关；放弃：q"
)
_MAXIMUM_VALUES = 40  # spellings shown of one sheet


@dataclass(frozen=True)
class FormRequest:
    """What the command says: the sheet, the analyst's choice, and whether to record it without asking."""

    named: str
    choice: Choice
    yes: bool = False
    replace: bool = False
    on: date | None = None  # of the record; None: today


@dataclass(frozen=True)
class SheetQuestion:
    """A sheet's form and the spellings in its closed columns, as far as the analyst has answered."""

    form: SheetForm
    values: Sequence[UnreadValue]


def sheet_question(town: TownYear, request: FormRequest) -> SheetQuestion:
    """What is asked about a sheet, with what has been said. Raises `SpecError` where a word is not known."""
    form = sheet_form(town, request.named, request.choice)
    return SheetQuestion(form, values_to_say(town, form, request.choice.values))


def accept_form(town: TownYear, request: FormRequest, *, as_json: bool, ask: Callable[[str], str] | None = None) -> int:
    """Show how a sheet is to be read and record it as a form: 0 recorded, 1 where it is only shown or given up."""
    question = sheet_question(town, request)
    if not (request.yes or as_json):
        ask = ask or (input if sys.stdin.isatty() and sys.stdout.isatty() else None)
        print(_shown(town, question))
    if not request.yes and ask is not None and not as_json:
        answered = _asked(town, request, question, ask)
        if answered is None:
            print("没有记录。")
            return 1
        return _record(town, *answered, as_json=as_json)
    if request.yes:
        return _record(town, request, question, as_json=as_json)
    print(
        json.dumps(_as_data(question, request), ensure_ascii=False, indent=2) if as_json else _to_do(question, request)
    )
    return 1


def _asked(
    town: TownYear, request: FormRequest, question: SheetQuestion, ask: Callable[[str], str]
) -> tuple[FormRequest, SheetQuestion] | None:
    """The wish and the question after the analyst's changes at the terminal; None where given up."""
    print(_HELP)
    while True:
        try:
            answer = ask("> ").strip()
        except EOFError:
            return None
        if answer.lower() in ("q", "quit", "放弃"):
            return None
        if not answer and not question.form.asks:
            return request, question
        if not answer:
            print(f"请先指明：{question.form.asks}")
            continue
        try:
            changed = replace(request, choice=_changed(town, question.form, request.choice, answer))
            question = sheet_question(town, changed)
            request = changed
        except FazhiError as error:
            print(error)
            continue
        print(_shown(town, question))


def _changed(town: TownYear, form: SheetForm, choice: Choice, answer: str) -> Choice:
    """The choice with one answer in it: `标题=列`, `标题=`, `列:写法=意思`, or a ledger."""
    heading, equals, column = (part.strip() for part in answer.replace("＝", "=").rpartition("="))
    if not equals:
        return replace(choice, ledger=answer, columns={}, ignore=(), values={})
    column_of_value = heading.replace("：", ":").partition(":")[0].strip()
    labels = {spec.label for spec in town.settings.specs.ledgers[form.ledger].columns.values()}
    if ":" in heading.replace("：", ":") and column_of_value in labels:
        return replace(choice, values={**choice.values, heading: column})
    return replace(choice, columns={**choice.columns, heading: column})


def _record(town: TownYear, request: FormRequest, question: SheetQuestion, *, as_json: bool) -> int:
    form = question.form
    if form.unsure:
        raise SpecError(f"{form.asks}，没有改动。请加 --ledger 台账，如 --ledger {_ledgers(town, form)[0]}。")
    if form.asks:
        raise SpecError(f"还要指明：{form.asks}。没有改动。")
    aliases = town.workspace.aliases_file
    means = decisions_of(question.values, town.settings)
    record_form(town.workspace, form.name, form.content, town.settings.specs.ledgers, replace=request.replace)
    told = record(aliases, aliases_text(aliases), means, request.on or date.today(), request.replace) if means else ""
    reads, issues = try_form(town, form)
    if as_json:
        print(json.dumps({"path": f"data/raw/forms/{form.name}.yml", "reads": reads, "form": form.content}, ensure_ascii=False, indent=2))  # fmt: skip
        return 0
    print(
        f"已记入 data/raw/forms/{form.name}.yml：列名相同的表都照此读，明年也不再问。下次 fazhi run {town.year} 起生效。"
    )
    if told:
        print(told)
    if not reads:
        print(_still_not_read(form))
    for issue in issues if reads else ():
        print(f"还有一处：{issue.sentence}")
    return 0


def _still_not_read(form: SheetForm) -> str:
    """The command by which this one sheet is said to be what its form is, where its title or an earlier word says otherwise."""
    place = quoted(_place(form))
    what = _KIND_WORDS["other"] if form.kind else form.ledger
    return f"但这张表的标题、文件名或以前的认定与此不同，这一张还要写明：fazhi accept files {place} {what}"


def _shown(town: TownYear, question: SheetQuestion) -> str:
    """The question on one screen, the spellings last."""
    return "\n".join([form_question(town, question.form), *_spellings(town, question)])


def _spellings(town: TownYear, question: SheetQuestion) -> list[str]:
    """The spellings that are not known yet, those with a likely meaning first, column by column."""
    columns = town.settings.specs.ledgers[question.form.ledger].columns
    lines: list[str] = []
    for name in dict.fromkeys(one.column for one in question.values):
        mine = [one for one in question.values if one.column == name][:_MAXIMUM_VALUES]
        likely = "、".join(f"{one.written}={one.means}" for one in mine if one.means)
        rest = "、".join(f"{one.written}（{one.count} 处）" for one in mine if not one.means)
        known = f"；还不知道意思的：{rest}" if likely and rest else f"还不知道意思的：{rest}" if rest else ""
        lines.append(f"  {columns[name].label}：{likely}{known}")
    head = "各列里没有见过的写法（写法=意思；要改的或要指明的用 列:写法=意思，不指明的以后再问）："
    return [head, *lines] if lines else []


def form_question(town: TownYear, form: SheetForm) -> str:
    """The question on one screen: where, what it is held for, its columns, those still missing, what is left aside."""
    spec = town.settings.specs.ledgers[form.ledger]
    rows = max(0, len(form.sheet.rows) - form.proposal.header.last_row - 1)
    header = form.proposal.header.first_row + 1
    sheet = f"「{form.sheet.name}」" if form.sheet.name else ""
    lines = [f"{form.file.path}{sheet}：表头在第 {header} 行，下面 {rows} 行。"]
    if form.kind:
        return "\n".join([*lines, f"记作：{_KIND_WORDS[form.kind]}（不计入）。"])
    if form.unsure:
        headings = dict.fromkeys(form.proposal.headings.values())
        lines.append(f"标题：{'、'.join(f'{heading}（{form.looks(heading)}）' for heading in headings)}")
        return "\n".join([*lines, f"{form.asks}，可能是：{'、'.join(_ledgers(town, form))}，或 无关"])
    lines.append(f"台账：{spec.title}")
    needed = set(needed_columns(spec))
    lines.append("各列（标题 → 列；内容的样子）：")
    for heading, column in form.columns.items():
        must = "，必填" if column in needed else ""
        doubt = "，请确认" if heading in form.likely else ""
        lines.append(f"  {heading} → {spec.columns[column].label}（{form.looks(heading)}{must}{doubt}）")
    lines += [f"  （每行都是）→ {spec.columns[column].label}：{said(value)}" for column, value in form.always.items()]
    lines += [*_lacking(form, town), *_aside(form, town)]
    return "\n".join(lines)


def _ledgers(town: TownYear, form: SheetForm) -> list[str]:
    """Titles of the ledgers that it may be, the likeliest first."""
    return [town.settings.specs.ledgers[name].title for name in form.proposal.ledgers]


def _lacking(form: SheetForm, town: TownYear) -> list[str]:
    """Columns that no heading answers to, those that must be there by themselves."""
    spec = town.settings.specs.ledgers[form.ledger]
    made = set(form.base.makes) if form.base else set()
    absent = [name for name in spec.columns if name not in {*form.columns.values(), *form.always, *made}]
    needed = [name for name in needed_columns(spec) if name in absent]
    lines = []
    if needed:
        lines.append(f"必填而没有标题对应的：{'、'.join(spec.columns[name].label for name in needed)}")
    others = [spec.columns[name].label for name in absent if name not in needed]
    return [*lines, f"其余没有标题对应的列：{'、'.join(others)}"] if others else lines


def _aside(form: SheetForm, town: TownYear) -> list[str]:
    """Headings that are left aside as 无关, each with what it looks like; what it might be, where there is a choice."""
    spec = town.settings.specs.ledgers[form.ledger]
    read = {*form.columns, *form.towns, *(form.base.reads if form.base else ())}
    rest = [heading for heading in dict.fromkeys(form.proposal.headings.values()) if heading not in read]
    taken = set(form.columns.values())
    lines, folded = [], []
    for heading in rest:
        offered = [spec.columns[c].label for c in form.proposal.offers.get(heading, ()) if c not in taken]
        if offered:
            lines.append(f"  {heading}（{form.looks(heading)}）：可能是{'、'.join(offered)}")
        else:
            folded.append(f"{heading}（{form.looks(heading)}）")
    lines = ["没有指明、按无关处理的（如有对应请指明）：", *lines] if lines else []
    lines += [f"  {heading}：写着镇街，别的镇街的行不计入" for heading in sorted(form.towns)]
    return [*lines, f"无关：{'、'.join(folded)}"] if folded else lines


def _to_do(question: SheetQuestion, request: FormRequest) -> str:
    """What would be written, and the command that writes it; where the ledger is not clear, the command that says it."""
    form = question.form
    if form.unsure:
        return f"请先指明是哪一本：{command(form, request)}（或 无关、计划、样表、汇总）"
    if form.asks:
        return f"请先指明：{form.asks}\n{command(form, request)}"
    text = yaml.safe_dump(_lists(form.content), allow_unicode=True, sort_keys=False, width=110, default_flow_style=None)
    change = "要改的加 --column 标题=列、--ignore 标题、--ledger 台账（或 无关、计划、样表、汇总）、--always 列=值、--value 列:写法=意思。"
    return f"将写入 data/raw/forms/{form.name}.yml：\n{text}没有写入。照此记录：{command(form, request)}\n{change}"


def _lists(content: dict[str, object]) -> dict[str, object]:
    return json.loads(json.dumps(content, ensure_ascii=False))


def command(form: SheetForm, request: FormRequest) -> str:
    """The command that records the form as it is shown."""
    choice, words = request.choice, ["fazhi", "accept", _place(form)]
    words += ["--ledger", "台账" if form.unsure else _KIND_WORDS[form.kind] if form.kind else form.ledger]
    words += [word for pair in choice.columns.items() for word in ("--column", "=".join(pair))]
    words += [word for heading in choice.ignore for word in ("--ignore", heading)]
    words += [word for pair in choice.always.items() for word in ("--always", "=".join(pair))]
    words += [word for pair in choice.values.items() for word in ("--value", "=".join(pair))]
    words += ["--name", choice.name] if choice.name else []
    return " ".join(
        map(quoted, [*words, *([] if form.asks else ["--yes"]), *(["--replace"] if request.replace else [])])
    )


def _place(form: SheetForm) -> str:
    return f"{form.file.path}[{form.sheet.name}]" if form.sheet.name else form.file.path


def quoted(word: str) -> str:
    """A word as it is typed: in double quotes, which every shell knows, where it has a space or a bracket."""
    return f'"{word}"' if re.search(r"[\s\[\]()&;|<>*?$'`]", word) else word


def _as_data(question: SheetQuestion, request: FormRequest) -> dict[str, object]:
    form = question.form
    values: dict[str, dict[str, str]] = {}
    for one in question.values:
        values.setdefault(one.column, {})[one.written] = one.means
    return {
        "file": form.file.path, "sheet": form.sheet.name, "ledger": form.ledger if not form.kind else "", "asks": form.asks,
        "ledgers": list(form.proposal.ledgers), "likely": sorted(form.likely), "offers": {h: list(c) for h, c in form.proposal.offers.items()},
        "looks": {heading: form.looks(heading) for heading in dict.fromkeys(form.proposal.headings.values())},
        "values": values, "form": form.content, "command": command(form, request),
    }  # fmt: skip
