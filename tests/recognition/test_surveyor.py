"""Surveys one after the other: what has not changed is not read again, what has is."""

import pytest

from fazhi.intake import Reader
from fazhi.recognition.surveyor import Surveyor
from fazhi.steps import survey
from fazhi.town_year import open_year
from made.sheets import write_workbook

DRILLS = [
    ["演练日期", "演练名称", "地点", "参加人数"],
    ["2025-03-04", "防汛演练", "龙井村", 60],
    ["2025-06-07", "消防演练", "桂花村", 40],
]


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the files that are read from now on."""
    names: list[str] = []
    kept = Reader.read

    def counted(self, path, relative):
        names.append(path.name)
        return kept(self, path, relative)

    monkeypatch.setattr(Reader, "read", counted)
    return names


def written(workspace, name: str, rows=DRILLS) -> None:
    write_workbook(workspace.raw(2025) / "应急办" / name, ["应急演练台账"], *rows)


def rows_of(found) -> int:
    return sum(len(table.sheet.rows) for _, table in found.of("drills"))


def test_only_what_has_changed_is_read_again(few_ledgers, read):
    written(few_ledgers, "上半年.xlsx")
    written(few_ledgers, "下半年.xlsx", [DRILLS[0], ["2025-09-04", "地震演练", "青木村", 80]])
    with Surveyor(remember=True) as surveyor:
        first = survey.survey_year(open_year(2025, few_ledgers), surveyor)
        again = survey.survey_year(open_year(2025, few_ledgers), surveyor)
        assert sorted(read) == ["上半年.xlsx", "下半年.xlsx"]
        assert (again.sources, again.issues) == (first.sources, first.issues)
        read.clear()
        written(few_ledgers, "下半年.xlsx", [DRILLS[0], *DRILLS[1:], ["2025-09-04", "地震演练", "青木村", 80]])
        changed = survey.survey_year(open_year(2025, few_ledgers), surveyor)
        assert read == ["下半年.xlsx"] and rows_of(changed) == rows_of(first) + 2
        (few_ledgers.raw(2025) / "应急办" / "上半年.xlsx").unlink()
        assert len(survey.survey_year(open_year(2025, few_ledgers), surveyor).sources) == 1


def test_another_setting_is_heeded(few_ledgers, read):
    written(few_ledgers, "演练.xlsx")
    with Surveyor(remember=True) as surveyor:
        assert survey.survey_year(open_year(2025, few_ledgers), surveyor).of("drills")
        few_ledgers.aliases_file.write_text("files:\n  应急办/演练.xlsx: 无关\n", encoding="utf-8")
        assert not survey.survey_year(open_year(2025, few_ledgers), surveyor).of("drills")
        assert len(read) == 2


def test_without_memory_every_survey_reads(few_ledgers, read):
    written(few_ledgers, "演练.xlsx")
    with Surveyor() as surveyor:
        for _ in range(2):
            survey.survey_year(open_year(2025, few_ledgers), surveyor)
    assert len(read) == 2
