"""A name in a file's or a sheet's name goes no further than the reading; the ledger counts as if it were not there."""

from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from fazhi import town_year
from fazhi.decisions.questions import questions
from fazhi.intake import RawFile, RawSheet
from fazhi.issues import MASK
from fazhi.recognition.shown_names import note_shown_names, raw_path, shown_names
from fazhi.recognition.survey import survey
from fazhi.runs import pipeline
from fazhi.runs.year_plan import reason_shown
from fazhi.steps.survey import survey_year
from made.sheets import write_workbook

HEAD = ["受理日期", "村(居)", "纠纷类型", "申请人", "被申请人", "调解结果"]
ROW = ["2025-1-2", "龙井村", "邻里", "欧阳青禾", "司马长风", "成功"]


@pytest.fixture
def named(workspace) -> Path:
    """A ledger whose file and sheet are named for people in it."""
    return write_workbook(
        workspace.raw(2025) / "司法所" / "纠纷台账-欧阳青禾.xlsx", ["矛盾纠纷调解台账"], [*HEAD, "司马长风电联13612345678情况"], [*ROW, "已回"],
        ["2025.13.5", *ROW[1:], "已回"], sheet="司马长风",
    )  # fmt: skip


def _texts(folder: Path) -> str:
    """What stands in all that was written, names of files too."""
    found = [path.relative_to(folder).as_posix() for path in sorted(folder.rglob("*"))]
    for path in folder.rglob("*"):
        if path.suffix == ".parquet":
            found.append(pd.read_parquet(path).to_csv())
        elif path.suffix == ".xlsx":
            book = openpyxl.load_workbook(path)
            listed = (
                book.worksheets[0] if path.parent.name == "司法所" else None
            )  # behind the list, the office's own cells
            found += [str([cell.value for row in (listed or page).iter_rows() for cell in row]) for page in book]
        elif path.is_file():
            found.append(path.read_bytes().decode("utf-8", "ignore"))
    return "\n".join(found)


def test_the_ledger_counts_and_the_names_go_no_further(workspace, named):
    outcome = pipeline.run(workspace, 2025)
    assert not [step for step in outcome.failed if "个人信息" in outcome.failed[step] or "姓名" in outcome.failed[step]]
    processed = workspace.processed(2025)
    assert pd.read_parquet(processed / "clean" / "disputes.parquet")["source_file"].tolist() == [
        "司法所/纠纷台账-（已隐去）.xlsx"
    ]
    text = _texts(processed)
    assert "欧阳青禾" not in text and "司马长风" not in text
    issues = pd.read_parquet(processed / "issues.parquet")
    told = issues[issues["kind"] == "name_masked"]
    assert sorted(zip(told["file"], told["sheet"], strict=True)) == [
        ("司法所/纠纷台账-（已隐去）.xlsx", ""), ("司法所/纠纷台账-（已隐去）.xlsx", "（已隐去）"),
    ]  # fmt: skip
    [title] = issues[issues["kind"] == "title_masked"].to_dict("records")
    assert (title["row"], title["found"]) == (2, "G 列的列名里有个人信息，以“（已隐去）电联（已隐去）情况”出现")
    assert not [one for one in questions(town_year.open_year(2025, workspace), "") if MASK in one.written]
    assert (processed / "returned" / "司法所" / "纠纷台账-（已隐去）.xlsx").exists()
    again = pipeline.run(workspace, 2025)
    assert not again.ran


def test_names_are_shown_again_once_no_ledger_names_those_people(workspace, named):
    def held() -> object:
        town = town_year.open_year(2025, workspace)
        survey_year(town)
        return town.results.sources().ledgers["disputes"]

    assert held() == ["司法所/纠纷台账-（已隐去）.xlsx"]
    assert held() == ["司法所/纠纷台账-（已隐去）.xlsx"]
    write_workbook(named, ["矛盾纠纷调解台账"], HEAD, [*ROW[:3], "甲公司", "乙公司", "成功"], sheet="司马长风")
    assert held() == ["司法所/纠纷台账-欧阳青禾.xlsx"]


def test_corrections_and_decisions_know_the_file_by_its_own_name_and_by_the_one_that_is_shown(workspace, named):
    survey_year(town_year.open_year(2025, workspace))
    lines = "file,sheet,row,column,was,is,who,when,why\n{},{},4,受理日期,2025.13.5,2025-03-05,某,2026-01-05,笔误\n"
    settings = town_year.open_year(2025, workspace).settings
    for file, sheet in (
        ("司法所/纠纷台账-欧阳青禾.xlsx", "（已隐去）"),
        ("司法所/纠纷台账-（已隐去）.xlsx", "（已隐去）"),
    ):
        workspace.corrections_file(2025).write_text(lines.format(file, sheet), encoding="utf-8")
        [source] = survey(workspace, 2025, settings).sources
        assert source.file.sheets[0].rows[3][0] == "2025-03-05"


def test_files_that_would_be_shown_alike_are_told_apart(workspace):
    folder = workspace.raw(2025)
    files = []
    for name in ("台账-甲乙丙.xlsx", "台账-丁戊己.xlsx"):
        (folder / name).write_bytes(b"x")
        files.append(RawFile(name, "xlsx", "", [RawSheet("甲乙丙", [])]))

    def masked(text: str) -> str:
        return text.replace("甲乙丙", "某").replace("丁戊己", "某")

    found = note_shown_names(workspace, 2025, files, masked)
    assert found == [("台账-某.xlsx", ""), ("台账-某.xlsx", "某"), ("台账-某2.xlsx", ""), ("台账-某2.xlsx", "某")]
    names = shown_names(workspace, 2025)
    assert [names.path(file.path) for file in files] == ["台账-某.xlsx", "台账-某2.xlsx"]
    assert names.place("台账-甲乙丙.xlsx[甲乙丙]") == "台账-某.xlsx[某]"
    assert [reason_shown(why, names) for why in ("台账-甲乙丙.xlsx 有改动", "尚未生成")] == [
        "台账-某.xlsx 有改动",
        "尚未生成",
    ]
    assert raw_path(workspace, 2025, "台账-某2.xlsx") == folder / "台账-丁戊己.xlsx"
    assert note_shown_names(workspace, 2025, files, masked) == found
    assert "甲乙丙" not in (workspace.processed(2025) / "accounts" / "_shown_names.json").read_text(encoding="utf-8")
