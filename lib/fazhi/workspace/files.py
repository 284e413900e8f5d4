"""Files written whole or not at all, and the same bytes for the same content."""

import errno
import hashlib
import io
import json
import os
import tempfile
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import is_dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from fazhi.errors import ResultError, StorageError

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa

UNREADABLE = "unreadable"  # in place of a fingerprint
PART = ".part"  # ends the name of a file that is being written

_Parsed = TypeVar("_Parsed")
Edit = Callable[[str, bytes], bytes]  # name and content of a part -> what it is to be


def write_bytes(path: Path, data: bytes) -> Path:
    """Put `data` at `path` by way of a temporary file beside it, so that a reader sees the old or the new, never a part.

    Raises StorageError where it cannot be written: the disk is full, the folder is read-only.
    """
    with _written_beside(path, data, 0o644) as temporary:
        temporary.replace(path)
    return path


def write_secret(path: Path, data: bytes) -> None:
    """The same for a file that only its owner may read; one that is there already stays as it is."""
    with _written_beside(path, data, 0o600) as temporary:
        try:
            os.link(temporary, path)
        except FileExistsError:
            pass
        except OSError:  # a file system without links
            temporary.replace(path)


@contextmanager
def _written_beside(path: Path, data: bytes, mode: int) -> Iterator[Path]:
    """A temporary file in the folder of `path` with `data` on the disk, gone afterwards. OSErrors become StorageErrors."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=".", suffix=PART, dir=path.parent)
        temporary = Path(name)
        try:
            with os.fdopen(handle, "wb") as stream:
                stream.write(data)
                stream.flush()
                os.fsync(stream.fileno())
            with suppress(OSError):  # sticks and shares that know no modes; a new file is its owner's only
                temporary.chmod(mode)
            yield temporary
        finally:
            temporary.unlink(missing_ok=True)
    except OSError as error:
        raise StorageError.of(path, error) from error


def remove(path: Path) -> None:
    """Take a file away that may be gone already. Raises StorageError where the system does not let it go."""
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        raise StorageError.of(path, error, "删不掉") from error


def sync_folder(folder: Path) -> None:
    """Let the names in `folder` outlast a power cut, where the system can sync a folder (not Windows, few network drives)."""
    if not hasattr(os, "O_DIRECTORY"):
        return
    try:
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
    except OSError as error:
        if error.errno not in (errno.EINVAL, errno.ENOTSUP):
            raise StorageError.of(folder, error) from error


def write_text(path: Path, text: str) -> Path:
    """UTF-8, `\\n` line ends on every system."""
    return write_bytes(path, text.encode("utf-8"))


def write_json(path: Path, value: Any) -> Path:
    """JSON a person can read: Chinese as it is, two spaces, a line end last."""
    return write_text(path, dump_json(value) + "\n")


def write_notes(path: Path, value: Any) -> Path:
    """JSON for the program's own use, which may be long: one line, written several times as fast."""
    return write_text(path, dump_json(value, indent=None) + "\n")


def dump_json(value: Any, indent: int | None = 2) -> str:
    return json.dumps(value, ensure_ascii=False, indent=indent, default=_plain, allow_nan=False)


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return exact_number(value)
    if is_dataclass(value):
        return value.as_json() if hasattr(value, "as_json") else vars(value)
    if hasattr(value, "isoformat"):
        return value.isoformat()
    if hasattr(value, "item"):
        return value.item()
    raise TypeError(f"not JSON: {type(value).__name__}")


def exact_number(value: Decimal) -> int | float:
    """A whole number as int, else the nearest float (fen and rates print back exactly)."""
    return int(value) if value == value.to_integral_value() else float(value)


def repacked(archive: bytes, dated: date = date(1980, 1, 1), edit: Edit | None = None) -> bytes:
    """A zip file with all entries of one date, so that the same content gives the same bytes; parts pass through `edit`."""
    done = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as source, zipfile.ZipFile(done, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            entry = zipfile.ZipInfo(name, (max(dated.year, 1980), dated.month, dated.day, 0, 0, 0))
            entry.compress_type, entry.create_system, entry.external_attr = zipfile.ZIP_DEFLATED, 3, 0o600 << 16
            content = source.read(name)
            target.writestr(entry, edit(name, content) if edit else content)
    return done.getvalue()


def fingerprint(path: Path) -> str:
    """SHA-256 of a file's content."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def raw_fingerprint(path: Path) -> str:
    """The same of a file as received, or UNREADABLE where it cannot be read: another program may have it, or have moved it."""
    try:
        return fingerprint(path)
    except (PermissionError, FileNotFoundError):
        return UNREADABLE


def read_json(path: Path) -> Any:
    """What a JSON file holds. Raises ResultError where it is none."""
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (ValueError, RecursionError) as error:  # brackets within brackets, by the thousand
        raise ResultError.of(path) from error


def read_as(path: Path, parse: Callable[[Any], _Parsed]) -> _Parsed:
    """What `parse` makes of a JSON file. Raises ResultError where its content is of another shape."""
    content = read_json(path)
    try:
        return parse(content)
    except (ValueError, LookupError, TypeError, AttributeError) as error:
        raise ResultError.of(path) from error


def write_parquet(path: Path, frame: "pd.DataFrame | pa.Table") -> Path:
    """Parquet without the pandas index; the bytes depend on the content and pyarrow's version only."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    table = frame if isinstance(frame, pa.Table) else pa.Table.from_pandas(frame, preserve_index=False)
    buffer = pa.BufferOutputStream()
    pq.write_table(table, buffer, compression="zstd")
    return write_bytes(path, buffer.getvalue())


def read_parquet(path: Path) -> "pa.Table":
    """By no further thread: a process with two cannot be forked."""
    from pyarrow.parquet import ParquetFile

    with ParquetFile(path, pre_buffer=False) as file:
        return file.read(use_threads=False)


def account_table(columns: Mapping[str, Sequence[Any]]) -> "pa.Table":
    """`row` as whole numbers, all other columns as text, without pandas."""
    import pyarrow as pa

    arrays = []
    for name, values in columns.items():
        column = pa.lib.StringBuilder()  # not pa.array, which loads pandas to see whether it was given something of it
        column.append_values([None if value is None else str(value) for value in values])
        arrays.append(column.finish().cast(pa.int64() if name == "row" else pa.string()))
    return pa.Table.from_arrays(arrays, list(columns))
