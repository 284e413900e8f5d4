"""A workbook marked as write-protected opens without a question in Excel, so it is read; one with a password of its own is not."""

import io
import zipfile
from pathlib import Path

import pytest
from msoffcrypto.format.ooxml import OOXMLFile

from fazhi.intake import Reader
from made.sheets import write_workbook

HEAD = ["受理日期", "村(居)", "纠纷类型"]
ROWS = [[f"2025-01-{day:02}", "龙井村", "邻里"] for day in range(1, 29)]


def _locked(tmp_path: Path, password: str) -> Path:
    """A workbook of some kilobytes, encrypted ([MS-OFFCRYPTO] 2.3.4.10, agile)."""
    path = write_workbook(tmp_path / "纠纷.xlsx", ["矛盾纠纷调解台账"], HEAD, *ROWS)
    plain = io.BytesIO()
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(plain, "w", zipfile.ZIP_STORED) as target:
        for name in source.namelist():
            target.writestr(name, source.read(name))
    plain.seek(0)
    with path.open("wb") as out:
        OOXMLFile(plain).encrypt(password, out)
    return path


def test_a_write_protected_workbook_is_read(tmp_path: Path) -> None:
    with Reader() as reader:
        file = reader.read(_locked(tmp_path, "VelvetSweatshop"), "纠纷.xlsx")
    assert (file.refused, file.kind) == (None, "xlsx")
    assert file.sheets[0].rows[2] == ROWS[0]
    assert file.sheets[0].counted_rows == 30


@pytest.mark.parametrize(
    ("password", "cut", "said"), [("1234", 0, "文件设有密码，打不开"), ("VelvetSweatshop", 9000, "已损坏")]
)
def test_what_cannot_be_opened_is_told_with_its_cause(tmp_path: Path, password: str, cut: int, said: str) -> None:
    path = _locked(tmp_path, password)
    data = path.read_bytes()
    path.write_bytes(data[:-cut] + bytes(cut) if cut else data)
    with Reader() as reader:
        assert said in reader.read(path, "纠纷.xlsx").refused
