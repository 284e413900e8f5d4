"""Files are whole or absent, and the same content gives the same bytes."""

from decimal import Decimal
from pathlib import Path

import pandas as pd
import pytest

from fazhi.errors import StorageError
from fazhi.privacy.pseudonyms import pseudonym
from fazhi.workspace import files
from fazhi.workspace.key import load_key
from fazhi.workspace.paths import Workspace, find_workspace


def test_a_write_that_fails_leaves_the_old_file_and_no_other(tmp_path, monkeypatch):
    path = files.write_text(tmp_path / "a.txt", "旧")

    def fail(descriptor: int) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(files.os, "fsync", fail)
    with pytest.raises(StorageError, match=r"a\.txt 写不进去：disk full"):
        files.write_text(path, "新")
    assert path.read_text(encoding="utf-8") == "旧"
    assert [p.name for p in tmp_path.iterdir()] == ["a.txt"]


def test_json_keeps_chinese_and_exact_money(tmp_path):
    path = files.write_json(tmp_path / "a.json", {"金额": Decimal("6393300.00"), "分": Decimal("0.10"), "率": 0.1})
    assert path.read_text(encoding="utf-8") == '{\n  "金额": 6393300,\n  "分": 0.1,\n  "率": 0.1\n}\n'
    with pytest.raises(ValueError, match="nan"):
        files.write_json(path, float("nan"))


def test_parquet_bytes_depend_on_content_only(tmp_path):
    frame = pd.DataFrame({"a": ["甲", None], "b": [1, 2]})
    one, two = (
        files.write_parquet(tmp_path / "1", frame),
        files.write_parquet(tmp_path / "2", frame.set_axis([5, 6])),
    )
    assert one.read_bytes() == two.read_bytes()


def test_a_workspace_is_found_from_below(tmp_path):
    (tmp_path / "data" / "raw" / "2025").mkdir(parents=True)
    (tmp_path / "notebooks").mkdir()
    assert find_workspace(tmp_path / "notebooks") == Workspace(tmp_path.resolve())
    assert find_workspace(tmp_path).years() == [2025]


def test_a_pseudonym_is_the_same_for_a_name_and_hangs_on_the_key(tmp_path):
    key = load_key(tmp_path / ".key")
    assert load_key(tmp_path / ".key") == key
    assert pseudonym(key, "甲") == pseudonym(key, "甲") != pseudonym(key, "乙")
    assert pseudonym(key, "甲") != pseudonym(b"other", "甲")
    assert "甲" not in pseudonym(key, "甲")


def test_a_file_that_another_program_holds_has_no_fingerprint_and_stops_nothing(tmp_path, monkeypatch):
    held = tmp_path / "held.xlsx"
    held.write_bytes(b"content")
    free = files.raw_fingerprint(held)

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    assert files.raw_fingerprint(held) == files.UNREADABLE != free


def test_a_stick_that_knows_no_modes_takes_files_all_the_same(tmp_path, monkeypatch):
    def refused(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(Path, "chmod", refused)
    assert files.write_bytes(tmp_path / "a", b"x").read_bytes() == b"x"
    files.write_secret(tmp_path / "key", b"k")
    assert (tmp_path / "key").read_bytes() == b"k"
