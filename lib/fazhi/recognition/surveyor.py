"""What is kept from one survey to the next: the reading process, and, where wanted, what was found in files that stay the same."""

from collections.abc import Callable, Generator, Sequence
from contextlib import closing
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

    def found(
        self, year: int, files: Sequence[tuple[Path, str]], look: Callable[[RawFile], Found]
    ) -> Generator[Found, None, None]:
        """What is found in each of the year's files, by `look` where it is not remembered."""
        seen = self._seen[year][1] if self._remember else {}
        keys = [(relative, raw_fingerprint(path) if self._remember else "") for path, relative in files]
        known = [seen.get(key) for key in keys]
        unknown = [file for file, remembered in zip(files, known, strict=True) if remembered is None]
        with closing(self.reader.read_all(unknown)) as read:
            for key, remembered in zip(keys, known, strict=True):
                yield remembered or self._looked_at(next(read), look, seen, key)

    def _looked_at(
        self, file: RawFile, look: Callable[[RawFile], Found], seen: dict[tuple[str, str], Found], key: tuple[str, str]
    ) -> Found:
        found = look(file)
        is_as_seen = not file.refused and file.sha256 == key[1]
        if self._remember and is_as_seen and sum(len(sheet.rows) for sheet in file.sheets) <= ROWS:
            seen[key] = found
        return found
