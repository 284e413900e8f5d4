"""Raw files and sheets whose name holds somebody's name (学法培训台账-何平.xlsx) go by another: it is all that is passed on.

Which ones do is found out once all files have been read, and noted as keyed digests; whoever reads the files from then on
meets them by the name that is shown.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path, PurePosixPath

from fazhi.intake import RawFile
from fazhi.recognition.raw_folder import raw_files
from fazhi.workspace.files import read_as, remove, write_notes
from fazhi.workspace.key import digester, load_key
from fazhi.workspace.paths import Workspace

FILE = "accounts/_shown_names.json"
_BETWEEN = "\n"  # between a path and a sheet: neither holds one


@dataclass(frozen=True)
class ShownNames:
    """Names that are shown in place of others: digest of a path, or of a path and a sheet, → what is shown."""

    key: bytes = b""
    names: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def _digest(self) -> Callable[[str], str]:
        return digester(self.key)

    def path(self, path: str) -> str:
        """What a file's path, relative to the year's raw folder, is shown as."""
        return self.names.get(self._digest(path), path) if self.names else path

    def file(self, file: RawFile) -> RawFile:
        """The file by the names that are shown."""
        if not self.names:
            return file
        sheets = [
            replace(sheet, name=self.names.get(self._digest(file.path + _BETWEEN + sheet.name), sheet.name))
            for sheet in file.sheets
        ]
        return replace(file, path=self.path(file.path), sheets=sheets)

    def place(self, place: str) -> str:
        """The same of `file` or `file[sheet]`, as aliases.yml names them."""
        if not self.names or not place.endswith("]"):
            return self.path(place)
        path, _, sheet = place[:-1].partition("[")
        return f"{self.path(path)}[{self.names.get(self._digest(path + _BETWEEN + sheet), sheet)}]"


def shown_names(workspace: Workspace, year: int) -> ShownNames:
    """As noted for the year; nothing is shown otherwise where nothing is noted."""
    path = workspace.processed(year) / FILE
    if not path.exists():
        return ShownNames()
    return ShownNames(load_key(workspace.key_file), read_as(path, dict))


def raw_path(workspace: Workspace, year: int, shown: str) -> Path:
    """The file that is shown by that name, relative to the year's raw folder."""
    folder, names = workspace.raw(year), shown_names(workspace, year)
    if names.names and not (folder / shown).is_file():
        for path in raw_files(workspace, year):
            if names.path(path.relative_to(folder).as_posix()) == shown:
                return path
    return folder / shown


def note_shown_names(
    workspace: Workspace, year: int, files: Sequence[RawFile], masked: Callable[[str], str]
) -> list[tuple[str, str]]:
    """Note what is shown for names that `masked` changes; the noted as (path, sheet) by their shown names.

    `files` go by their own names.
    """
    names, new = ShownNames(load_key(workspace.key_file)), dict[str, str]()
    taken, found = {file.path for file in files}, []
    for file in files:
        real, path = file.path, masked(file.path)
        if path != file.path:
            path = _free(path, taken)
            taken.add(path)
            new[names._digest(real)] = path
            found.append((path, ""))
        for sheet in file.sheets:
            name = masked(sheet.name)
            if name != sheet.name:
                others = {other.name for other in file.sheets}
                new[names._digest(real + _BETWEEN + sheet.name)] = _free(name, others)
                found.append((path, _free(name, others)))
    write_notes(workspace.processed(year) / FILE, dict(sorted(new.items())))
    return found


def forget_shown_names(workspace: Workspace, year: int) -> None:
    """Show all names again, until it is found out anew which hold somebody's: what no ledger names any more is no secret."""
    remove(workspace.processed(year) / FILE)


def _free(name: str, taken: set[str]) -> str:
    """The name, or one with a number where another file or sheet has it."""
    place, number, found = PurePosixPath(name), 1, name
    while found in taken:
        number += 1
        found = str(place.with_name(f"{place.stem}{number}{place.suffix}"))
    return found
