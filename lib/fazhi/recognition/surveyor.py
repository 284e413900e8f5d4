"""What is kept from one survey to the next: the reading process, and, where wanted, what was found in files that stay the same."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

from fazhi.intake import RawFile, Reader
from fazhi.issues import Issue
from fazhi.recognition.headers import Table
from fazhi.workspace.files import raw_fingerprint


@dataclass(frozen=True)
class Source:
    """A raw file with the tables recognised in it."""

    file: RawFile
    tables: Sequence[Table]


Found = tuple[Source, list[Issue]]
ROWS = 20_000  # of a file that is remembered at most: a larger one takes more memory than it saves time


class Surveyor:
    """Reads files for survey after survey, by one process that starts when it is first asked.

    With `remember`, a file whose content, and whatever else it was read by, is as it was, is not read again.
    """

    def __init__(self, *, remember: bool = False) -> None:
        self.reader = Reader()
        self._remember = remember
        self._seen: dict[int, tuple[object, dict[tuple[str, str], Found]]] = {}

    def __enter__(self) -> "Surveyor":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the reading process; a later survey starts a new one."""
        self.reader.close()

    def begin(self, year: int, read_by: object) -> None:
        """Before a survey: forget what was found in the year's files where anything that they are read by differs."""
        if self._seen.get(year, (None,))[0] != read_by:
            self._seen[year] = read_by, {}

    def of(self, year: int, path: Path, relative: str, look: Callable[[Reader, Path, str], Found]) -> Found:
        """What is found in a file, by `look` where it is not remembered."""
        if not self._remember:
            return look(self.reader, path, relative)
        seen, key = self._seen[year][1], (relative, raw_fingerprint(path))
        if key in seen:
            return seen[key]
        found = look(self.reader, path, relative)
        file = found[0].file
        if not file.refused and file.sha256 == key[1] and sum(len(sheet.rows) for sheet in file.sheets) <= ROWS:
            seen[key] = found
        return found
