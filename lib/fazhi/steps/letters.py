"""Letters to the offices, made of a year's results; no step of a run, as only a person knows when to press whom."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from fazhi.dictionary.ledger_order import office_key
from fazhi.documents.docx import render_docx
from fazhi.errors import PublishError
from fazhi.issues import Issue
from fazhi.issues.received import UNREAD
from fazhi.privacy.output_scan import KIND_LABELS, machine_paths, scan_matches
from fazhi.privacy.register import hidden_values
from fazhi.returns.letters import Letter, Terms, letter_document, letters
from fazhi.town_year import TownYear
from fazhi.workspace.files import remove, write_bytes

FOLDER = "letters"  # in the workspace
_NAME = "关于{subject}{year}年法治政府建设台账的通知.docx"


@dataclass(frozen=True)
class Written:
    """What was written for whom; the missing ledgers that nobody is pressed for, title -> the file that it may be; and other
    files that nobody has said what they are."""

    files: dict[Path, Letter]
    spared: dict[str, str]
    unread: list[str]


def write_letters(town: TownYear, terms: Terms) -> Written:
    """Write a letter for each office that owes something below `letters/<year>/<office>/`, and take away those of earlier
    letters that are settled.

    Raises PublishError where a letter would hold a private value.
    """
    hidden = hidden_values(town.workspace, town.year, town.settings)
    issues = [_without_values(issue, hidden.redact) for issue in town.results.issues()]
    made, spared = letters(issues, office_key(town.settings.specs.ledgers.values()))
    folder = town.workspace.root / FOLDER / str(town.year)
    names = {folder / one.office / _NAME.format(subject=one.subject, year=town.year): one for one in made}
    drawn = {path: render_docx(letter_document(one, terms)) for path, one in names.items()}
    inside = {path.relative_to(town.workspace.root).as_posix(): data for path, data in drawn.items()}
    if found := scan_matches(inside, hidden, machine_paths(town.workspace.root)):
        kinds = "；".join(
            f"{name} 中有台账里的{'、'.join(sorted(KIND_LABELS[kind] for kind in of))}" for name, of in found.items()
        )
        raise PublishError(f"{kinds}。没有写出。请查看文件名、工作表名里是否写有个人信息，改后重新运行。")
    for path, data in drawn.items():
        write_bytes(path, data)
    _remove_settled(folder, town.year, names)
    unread = sorted({one.file for one in issues if one.kind in UNREAD} - set(spared.values()))
    return Written(names, spared, unread)


def _without_values(issue: Issue, redact: Callable[[str], str]) -> Issue:
    return replace(issue, found=redact(issue.found), expected=redact(issue.expected), column=redact(issue.column))


def _remove_settled(folder: Path, year: int, kept: Iterable[Path]) -> None:
    """Letters of an earlier time to offices that owe this no more."""
    wanted = set(kept)
    for path in sorted(folder.glob("*/" + _NAME.format(subject="*", year=year))) if folder.is_dir() else ():
        if path not in wanted:
            remove(path)
