"""The few errors fazhi raises on purpose. Each message is Chinese and says where, what was found, and what to do."""

import errno
from pathlib import Path

_WHY = {
    errno.ENOSPC: "磁盘已满",
    errno.EDQUOT: "磁盘配额已满",
    errno.EIO: "磁盘读写出错",
    errno.EROFS: "文件夹只读",
    errno.EACCES: "没有写入权限，或文件正被其他程序打开",
    errno.EPERM: "没有写入权限，或文件正被其他程序打开",
}


class FazhiError(Exception):
    """Something the analyst can put right; the message is for them."""

    def _render_traceback_(self) -> list[str]:
        """What IPython shows in place of a traceback."""
        return [f"{type(self).__name__}: {self}"]


class LedgerError(FazhiError):
    """A raw file or a folder of them cannot be used."""


class SpecError(FazhiError):
    """A YAML spec, `unit.yml`, `aliases.yml`, a template or a parameter is wrong."""


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
        why = _WHY.get(error.errno or 0) or error.strerror or str(error) or type(error).__name__
        return cls(f"{path.name} {what}：{why}。请检查磁盘空间和权限，关闭占用文件的程序，然后重试。")
