"""Which form a sheet is filled in on, and which cell column is which column of its ledger there."""

import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import PurePosixPath

from fazhi.dictionary.form import Form
from fazhi.dictionary.models import Ledger
from fazhi.intake import RawFile, RawSheet
from fazhi.issues import Issue
from fazhi.recognition.headers import Header, assign_alike, assign_columns, header_at, header_candidates, titles_above
from fazhi.values.normalise import bare, normalise
from fazhi.values.titles import heading_key, is_known_aside, title_key, title_match

_PERIOD = r"(?:(?:20\d\d)?年?度?(?:第?[一二三四1-4]季度|\d{1,2}月份?|[上下]半年|全年)?|征求意见稿|草案|讨论稿)"
_INTENDED = re.compile(rf"(?<![含附和及])(计划|方案|预案|安排|样表|目录|通知)(?:表|台账|目录|清单|一览表)?{_PERIOD}$")
_RESULT = re.compile(r"(?:结果|清理|完成情况|落实情况)(?:表|台账|清单)?目录")
_FEWEST_AMONG_OTHERS = 3  # with fewer headings than these a form is known only where no other stands beside them
_STEADY = 6  # with fewer headings than these all must be there
_WHOLE_OF = 8  # of so many headings one may be missing or reworded
_LIST = "目录"
_SAID = {"plan": "计划、方案", "sample": "样表", "summary": "汇总表", "other": "不是本报告用的台账"}


def form_of(sheet: RawSheet, forms: Iterable[Form]) -> tuple[Form, Header] | None:
    """The form that a sheet is filled in on, and its header there; None where none is, or several are equally.

    All headings of the form stand in the header; of six or more one may be missing, of sixteen two; beside two there is no
    other. A town's own form goes before the package's, a whole match before one with something missing, more headings before fewer.
    """
    headers = header_candidates(sheet)
    keys = {id(header): _keys(header) for header in headers}
    found: list[tuple[tuple[bool, bool, int, int], Form, Header]] = []
    for form in forms:
        wanted = {heading_key(normalise(heading)) for heading in form.headings}
        places = [header_at(sheet, form.header[0] - 1, form.header[1] - form.header[0] + 1)] if form.header else headers
        missing = [(_missing(form, wanted, keys.get(id(place)) or _keys(place)), at) for at, place in enumerate(places)]
        least, at = min(missing, default=(len(wanted), 0))
        if least <= (max(1, len(wanted) // _WHOLE_OF) if len(wanted) >= _STEADY else 0):
            found.append(((least > 0, not form.of_town, least, -len(wanted)), form, places[at]))
    found.sort(key=lambda one: one[0])
    if not found or (len(found) > 1 and found[0][0] == found[1][0]):
        return None
    return found[0][1], found[0][2]


def _missing(form: Form, wanted: set[str], there: set[str]) -> int:
    """How many headings of a form a header lacks; all where two alone would tell it among others.

    A matrix has its days, months or kinds beside its headings.
    """
    alone = len(wanted) < _FEWEST_AMONG_OTHERS and form.matrix is None
    others = any(not is_known_aside(key) for key in there - wanted) if alone else False
    return len(wanted) if others else len(wanted - there)


def _keys(header: Header) -> set[str]:
    return {heading_key(name) for names in header.titles for name in names}


def form_columns(form: Form, header: Header, titles: Mapping[str, str]) -> dict[str, int]:
    """The ledger's columns on this form: those that it names, then those that `titles` (written title → column) names.

    What the form counts or adds up has no cell column of its own, unless the form names one.
    """
    own = {key(normalise(heading)): column for key in (title_key, bare) for heading, column in form.columns.items()}
    found = assign_columns(header, own)
    alike = {heading_key(normalise(heading)): column for heading, column in form.columns.items()}
    found |= assign_alike(header, found, alike)
    made = {*form.sum, *form.count}
    said = {key(normalise(heading)) for heading in (*form.columns, *form.ignore) for key in (bare, title_key)}
    taken = Header(0, 0, tuple(() if at in found.values() else names for at, names in enumerate(header.titles)))
    rest = {t: column for t, column in titles.items() if column not in found and column not in made and t not in said}
    return {**assign_columns(taken, rest), **found}


def means_nothing(form: Form, title: str) -> bool:
    """Whether a heading is no unknown one: the form says that it names no column, or reads it in its own way."""
    return heading_key(title) in {heading_key(normalise(heading)) for heading in form.reads}


def intended_only(texts: Iterable[str], ledger: Ledger) -> str:
    """The word by which a title that names the ledger says that it is a plan of things to be done, no record of them; else ""."""
    own = "".join((ledger.title, *ledger.also_titled))
    for text in texts:
        word = _INTENDED.search(bare(text))
        if word and word[1] not in own and title_match(text, ledger) >= 1 and not _lists_what_is(text, word[1], ledger):
            return word[1]
    return ""


def _lists_what_is(text: str, word: str, ledger: Ledger) -> bool:
    """Whether a 目录 lists what is there: of what has no date of its own, or of results."""
    return word == _LIST and (ledger.date_column is None or bool(_RESULT.search(bare(text))))


def plan_question(
    file: RawFile, sheet: RawSheet, header: Header, ledger: Ledger, form: Form | None = None
) -> list[Issue]:
    """A question where the table's titles call it a plan: nothing in it need have been done. A 目录 may list what is: not where
    the town has taught the form of one."""
    word = intended_only([*titles_above(sheet, header), sheet.name, PurePosixPath(file.path).stem], ledger)
    if not word or (word == _LIST and form is not None and form.of_town and word in form.title):
        return []
    advice = f"没有计入。如确为已做的事，用 fazhi accept 指明它是“{ledger.title}”；否则指明“无关”。"
    found, expected = f"标题里有“{word}”", ledger.title
    place = file.path, sheet.name
    return [Issue.of("sheet_unknown", *place, severity="warning", found=found, expected=expected, advice=advice)]


def is_named(file: RawFile, sheet: RawSheet, header: Header, ledger: Ledger) -> bool:
    """Whether a title, the sheet's name or the file's name names the ledger."""
    texts = (*titles_above(sheet, header), sheet.name, PurePosixPath(file.path).stem)
    return any(title_match(text, ledger) >= 1 for text in texts if text)


def no_ledger(file: RawFile, sheet: RawSheet, form: Form) -> list[Issue]:
    """What is told of a sheet on a form of which nothing is counted; nothing where the town itself has said so."""
    if form.of_town:
        return []
    found, expected = f"是“{form.title}”（{_SAID[form.kind]}）", "逐条登记的台账"
    advice = f"没有计入。如确应计入，请在 aliases.yml 的 files 中写明“{file.path}”是哪一张台账；否则写“无关”。"
    place = file.path, sheet.name
    return [Issue.of("sheet_unknown", *place, severity="warning", found=found, expected=expected, advice=advice)]


def not_invited(file: RawFile, sheet: RawSheet, form: Form, ledger: Ledger) -> Issue:
    """A sheet on a form of an optional ledger that the town does not name and no title speaks of: it may lie there for reference."""
    found, expected = f"是“{form.title}”", f"unit.yml 的 with 写明本单位设{ledger.title}"
    advice = f"没有计入。要计入，请在 unit.yml 的 with 中加上 {ledger.id}；不用的，在 aliases.yml 的 files 中写“{file.path}: 无关”。"
    place = file.path, sheet.name
    return Issue.of("sheet_unknown", *place, severity="warning", found=found, expected=expected, advice=advice)


def heading_places(header: Header, headings: Sequence[str]) -> dict[str, int]:
    """Where these headings stand in a header, those that do."""
    index = {key(normalise(heading)): heading for key in (title_key, bare) for heading in headings}
    found = assign_columns(header, index)
    return found | assign_alike(header, found, {heading_key(normalise(heading)): heading for heading in headings})
