"""What is said of the year's files as files."""

import os

import pytest

from fazhi import town_year
from fazhi.recognition.survey import survey
from fazhi.steps import survey as survey_step
from fazhi.steps.survey import ledger_files, survey_inputs, survey_year
from fazhi.workspace.files import fingerprint, read_json
from made import word
from made.sheets import write_workbook

DRILLS = (["应急演练台账"], ["演练日期", "演练类型", "地点", "参与人数"], ["2025-03-05", "消防", "龙井村", 60])


@pytest.mark.parametrize("lock", ["~$演练台账.xlsx", "~$台账.xlsx", ".~lock.演练台账.xlsx#"])
def test_a_workbook_that_is_open_is_read_and_told_without_a_name(workspace, lock):
    path = write_workbook(workspace.raw(2025) / "应急管理办" / "演练台账.xlsx", *DRILLS)
    (path.parent / lock).write_bytes(
        b"\x06\xc0\xcf\xcb\xbe\xcb\xbe" + "司马长风".encode("utf-16-le").ljust(158, b"\x00")
    )
    found = survey(workspace, 2025, town_year.open_year(2025, workspace).settings)
    told = [issue for issue in found.issues if issue.kind == "file_open"]
    assert [(issue.file, issue.severity) for issue in told] == [("应急管理办/演练台账.xlsx", "warning")]
    assert "没有存盘的改动不在本次结果里" in told[0].found
    assert "司马长风" not in told[0].sentence
    assert found.ledgers == {"drills"}


def test_a_year_without_files_is_told(workspace):
    found = survey(workspace, 2025, town_year.open_year(2025, workspace).settings)
    assert [(issue.kind, issue.file, issue.severity) for issue in found.issues] == [
        ("year_empty", "data/raw/2025", "error")
    ]


def test_what_the_reader_finds_in_a_file_is_told_with_its_place(workspace):
    path = workspace.raw(2025) / "应急管理办" / "演练台账.csv"
    path.parent.mkdir()
    path.write_text("应急演练台账\n演练日期,演练类型,地点,参与人数\n2025-03-05,消防,龙井\ufffd,60\n", encoding="utf-8")
    found = survey(workspace, 2025, town_year.open_year(2025, workspace).settings)
    (told,) = [issue for issue in found.issues if issue.kind == "file_finding"]
    assert (told.file, told.row, told.severity) == ("应急管理办/演练台账.csv", 3, "warning")
    assert told.advice == "请按原件补正后重新提交"


def test_a_lock_file_whose_workbook_is_gone_says_nothing_of_one(workspace):
    path = write_workbook(workspace.raw(2025) / "应急管理办" / "演练台账.xlsx", *DRILLS)
    (path.parent / "~$别的.xlsx").write_bytes(b"\x06".ljust(165, b"\x00"))
    found = survey(workspace, 2025, town_year.open_year(2025, workspace).settings)
    assert not [issue for issue in found.issues if issue.kind == "file_open"]


@pytest.mark.skipif(os.name == "nt", reason="Windows knows no such names")
def test_what_cannot_be_read_for_what_it_is_or_is_called_is_told_and_costs_nothing_else(workspace):
    folder = workspace.raw(2025)
    write_workbook(folder / "应急管理办" / "演练台账.xlsx", *DRILLS)
    (folder / "换\n行.csv").write_text("a")
    (folder / "断链.xlsx").symlink_to("没有.xlsx")
    (folder / "环").symlink_to("环")
    (folder / "别处").symlink_to(folder / "应急管理办")
    os.mkfifo(folder / "管道.xlsx")
    odd = ["换�行.csv", "断链.xlsx", "环", "别处", "管道.xlsx"]
    try:
        (folder / os.fsdecode("中文.xlsx".encode("gb18030"))).write_text("a")
        odd.append("中文.xlsx")
    except OSError:  # macOS takes no name that is not UTF-8
        pass
    year = town_year.open_year(2025, workspace)
    found = survey_year(year)
    assert {issue.file for issue in found.issues if issue.kind == "file_refused"} == set(odd)
    assert found.ledgers == {"drills"}
    assert set(odd) < set(survey_inputs(year))


def test_a_file_is_noted_by_the_bytes_that_were_read_and_not_read_again(workspace, monkeypatch):
    path = write_workbook(workspace.raw(2025) / "演练.xlsx", *DRILLS)
    town, read = town_year.open_year(2025, workspace), fingerprint(path)

    def meddle(*_):
        write_workbook(path, *DRILLS, ["2025-04-05", "防汛", "龙井村", 9])
        write_workbook(path.with_name("又一份.xlsx"), *DRILLS)

    with monkeypatch.context() as patch:
        patch.setattr(survey_step, "note_rows", meddle)
        patch.setattr(survey_step, "raw_fingerprint", None)
        survey_year(town)
    noted = read_json(town.processed / "sources.json")["inputs"]
    assert noted.pop("unit.yml")
    assert noted == {"演练.xlsx": read}
    assert ledger_files(town)["drills"] == ["又一份.xlsx", "演练.xlsx"]


def test_a_table_in_a_word_document_is_a_ledger_named_by_its_number(workspace):
    titles, cells = DRILLS[1:]
    path = workspace.raw(2025) / "应急管理办" / "演练.docx"
    path.parent.mkdir()
    body = word.paragraph(word.run("应急演练台账")) + word.plain([titles, [str(cell) for cell in cells]])
    path.write_bytes(word.docx(body))
    found = survey(workspace, 2025, town_year.open_year(2025, workspace).settings)
    [(file, table)] = found.of("drills")
    assert (file.path, table.sheet.name, table.first_data_row) == ("应急管理办/演练.docx", "表1", 1)
    assert not [issue for issue in found.issues if issue.file == file.path]
