"""What the system said of a file, in one Chinese sentence."""

import errno
from pathlib import Path

import pytest

from fazhi.errors import StorageError


@pytest.mark.parametrize(
    ("number", "length", "said"),
    [
        (errno.EACCES, 20, "文件正被其他程序打开"),
        (errno.ENOSPC, 20, "磁盘已满"),
        (errno.ENOENT, 300, "路径有 300 字，太长了"),
        (errno.ENAMETOOLONG, 300, "太长了"),
        (errno.EACCES, 300, "文件正被其他程序打开"),
    ],
)
def test_why_a_file_cannot_be_written(number, length, said):
    told = str(StorageError.of(Path("/" + "长" * (length - 1)), OSError(number, "No such file")))
    assert said in told and "\n" not in told
