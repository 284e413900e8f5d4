"""Which form a sheet is filled in on, and which cell column is which column of its ledger there."""

import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import PurePosixPath

from fazhi.dictionary.form import Form
from fazhi.dictionary.models import Ledger
from fazhi.intake import RawFile, RawSheet
from fazhi.issues import Issue
from fazhi.recognition.headers import Header, assign_columns, texts_above
from fazhi.values.normalise import bare, normalise
from fazhi.values.titles import title_key, title_match

_INTENDED = re.compile(r"(计划|方案|安排|样表)(?:表|台账|目录|清单)?$")


def form_of(headers: Sequence[Header], forms: Iterable[Form]) -> tuple[Form, Header] | None:
    """The one form all of whose headings stand in a header, and that header; None where none or several do."""
    found = []
    for form in forms:
        wanted = {title_key(normalise(heading)) for heading in form.headings}
        header = next((header for header in headers if wanted <= _keys(header)), None)
        if header is not None:
            found.append((form, header))
    return found[0] if len(found) == 1 else None


def _keys(header: Header) -> set[str]:
    return {title_key(name) for names in header.titles for name in names}


def form_columns(form: Form, header: Header, titles: Mapping[str, str]) -> dict[str, int]:
    """The ledger's columns on this form: those that it names, then those that `titles` (written title → column) names."""
    mapped = set(form.columns.values())
    said = {key(normalise(heading)) for heading in (*form.columns, *form.ignore) for key in (bare, title_key)}
    rest = {title: column for title, column in titles.items() if column not in mapped and title not in said}
    own = {key(normalise(heading)): column for key in (title_key, bare) for heading, column in form.columns.items()}
    return assign_columns(header, {**rest, **own})


def means_nothing(form: Form, title: str) -> bool:
    """Whether the form says that a heading names no column."""
    return title_key(title) in {title_key(normalise(heading)) for heading in form.ignore}


def intended_only(texts: Iterable[str], ledger: Ledger) -> str:
    """The word by which a title that names the ledger says that it is a plan of things to be done, no record of them; else ""."""
    own = "".join((ledger.title, *ledger.also_titled))
    for text in texts:
        word = _INTENDED.search(bare(text))
        if word and word[1] not in own and title_match(text, ledger) >= 1:
            return word[1]
    return ""


def plan_question(file: RawFile, sheet: RawSheet, header: Header, ledger: Ledger) -> list[Issue]:
    """A question where the table's titles call it a plan: nothing in it need have been done."""
    word = intended_only([*texts_above(sheet, header), sheet.name, PurePosixPath(file.path).stem], ledger)
    if not word:
        return []
    advice = f"没有计入。如确为已做的事，用 fazhi accept 指明它是“{ledger.title}”；否则指明“无关”。"
    found, expected = f"标题里有“{word}”", ledger.title
    place = file.path, sheet.name
    return [Issue.of("sheet_unknown", *place, severity="warning", found=found, expected=expected, advice=advice)]
