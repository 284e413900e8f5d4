"""The few errors fazhi raises on purpose. Each message is Chinese and says where, what was found, and what to do."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_WHY = {
    errno.ENOSPC: "磁盘已满",
    errno.EDQUOT: "磁盘配额已满",
    errno.EIO: "磁盘读写出错",
    errno.EROFS: "文件夹只读",
    errno.EACCES: "没有写入权限，或文件正被其他程序打开",
    errno.EPERM: "没有写入权限，或文件正被其他程序打开",
}

LONG_PATH = 250  # Windows takes 260 characters at the most, and says that there is no such file
_PERHAPS_LONG = frozenset({errno.ENOENT, errno.ENAMETOOLONG, errno.EINVAL})


class FazhiError(Exception):
    """Something the analyst can put right; the message is for them."""

    @property
    def faults(self) -> tuple[str, ...]:
        """What is wrong, a sentence each."""
        return (str(self),)

    def _render_traceback_(self) -> list[str]:
        """What IPython shows in place of a traceback."""
        return [f"{type(self).__name__}: {self}"]


class LedgerError(FazhiError):
    """A raw file or a folder of them cannot be used."""


class SpecError(FazhiError):
    """A YAML spec, `unit.yml`, `aliases.yml`, a template or a parameter is wrong."""


class SeveralFaults(SpecError):
    """More than one thing is wrong with the settings; all of it is listed, a line each."""

    def __init__(self, faults: tuple[str, ...]) -> None:
        super().__init__(
            "\n".join([f"有 {len(faults)} 处要改正：", *(f"  {n}. {text}" for n, text in enumerate(faults, 1))])
        )
        self._faults = faults

    @property
    def faults(self) -> tuple[str, ...]:
        return self._faults


class Faults:
    """Collects the faults of several checks, so that all are told at once.

    >>> faults = Faults()
    >>> with faults.collected():
    ...     raise SpecError("unit.yml：缺少“name”。")
    >>> faults.found
    [SpecError('unit.yml：缺少“name”。')]
    """

    def __init__(self) -> None:
        self.found: list[FazhiError] = []

    @contextmanager
    def collected(self) -> Iterator[None]:
        """Take up the error that the body raises, if any; what stands behind it in the body is not done."""
        try:
            yield
        except FazhiError as error:
            self.found.append(error)

    def add(self, text: str) -> None:
        """Take up a fault of the settings that is told already."""
        self.found.append(SpecError(text))

    def raise_all(self) -> None:
        """Raise what was collected: nothing, the one error, or `SeveralFaults`; what two checks found is told once."""
        texts = tuple(dict.fromkeys(text for error in self.found for text in error.faults))
        if len(texts) == 1:
            raise self.found[0]
        if texts:
            raise SeveralFaults(texts)


class PublishError(FazhiError):
    """A document cannot be put in place as it is."""


class ResultError(FazhiError, ValueError):
    """A file of the results is not what a run writes."""

    @classmethod
    def of(cls, path: Path) -> "ResultError":
        """That the content of `path` is damaged or of another shape, and what to do."""
        place = "/".join(path.parts[-3:])
        return cls(f"{place} 不是本程序写出的内容，或已损坏。请删去这个文件，再用 fazhi run 重新生成。")


class StorageError(FazhiError):
    """A file cannot be written. Nothing is put in place then: what was there stays."""

    @classmethod
    def of(cls, path: Path, error: OSError, what: str = "写不进去") -> "StorageError":
        """What the system said of writing `path` (or of `what` else), for the analyst."""
        if error.errno in _PERHAPS_LONG and len(str(path)) >= LONG_PATH:
            return cls(
                f"{path} {what}：路径有 {len(str(path))} 字，太长了。请把整个文件夹移到较短的路径下，如 D:\\法治，然后重试。"
            )
        why = _WHY.get(error.errno or 0) or error.strerror or str(error) or type(error).__name__
        return cls(f"{path} {what}：{why}。请检查磁盘空间和权限，关闭占用文件的程序，然后重试。")
