"""Nothing is published that is not in the list: every table and chart says what it tells, and the audit has seen all of it."""

from collections.abc import Iterable, Mapping, Sequence

from fazhi.disclosure.offers import NOTHING, form_key
from fazhi.documents.model import Document, Explorer, Figure, Says, Table
from fazhi.documents.tables import Sheet
from fazhi.errors import PublishError


def listed(forms: Mapping[str, str], more: Iterable[str] = ()) -> frozenset[str]:
    """The list of published statements by name: the forms that were decided on, and those of `more`."""
    return frozenset([*(form_key(offer, form) for offer, form in forms.items() if form != NOTHING), *more])


def check_document(document: Document, known: frozenset[str]) -> Document:
    """The document, where all that it tells is in the list. Raises PublishError for a block that is not."""
    for block in document.blocks:
        says = getattr(block, "says", None)
        if isinstance(block, Table | Figure | Explorer) or says is not None:
            _check(says, getattr(block, "caption", "") or block.type, known)
    for evidence in document.evidence.values():
        _check(evidence.says, evidence.label, known)
    return document


def check_sheets(sheets: Sequence[Sheet], known: frozenset[str]) -> None:
    """Raises PublishError for a sheet that tells what is not in the list."""
    for sheet in sheets:
        _check(sheet.says, sheet.title, known)


def _check(says: Says, name: str, known: frozenset[str]) -> None:
    if says is None:
        raise PublishError(f"“{name}”没有说明它公布了哪些数，未经小数核查，不能公布。请在生成处写明 says。")
    unseen = [one for one in says if one not in known]
    if unseen:
        raise PublishError(f"“{name}”要公布的“{unseen[0]}”未经小数核查，不能公布。请重新运行 02_statistics。")
