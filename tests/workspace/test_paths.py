"""What lies in the wrong place or under a wrong name is told."""

import pytest

from fazhi.workspace.paths import Workspace, misplaced, no_year


@pytest.fixture
def town(tmp_path):
    (tmp_path / "data" / "raw" / "2025").mkdir(parents=True)
    return Workspace(tmp_path)


def test_nothing_is_told_of_a_town_in_order(town):
    town.processed(2025).mkdir(parents=True)
    (town.processed(2025) / "appendix.xlsx").write_bytes(b"")
    assert misplaced(town) == []


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("data/raw/演练.xlsx", "data/raw 下有 1 个文件不在年度文件夹里，没有读：演练.xlsx"),
        ("data/raw/2024年/演练.xlsx", "“2024年”没有读：年度文件夹只写四位数字，请改名为 2024。"),
        ("data/raw/２０２４/演练.xlsx", "“２０２４”没有读：年度文件夹只写四位数字，请改名为 2024。"),
        ("data/raw/aliases.yml.txt", "data/raw 下的“aliases.yml.txt”没有读：请改名为 aliases.yml"),
        ("data/raw/unit.yaml", "data/raw 下的“unit.yaml”没有读：请改名为 unit.yml"),
        ("data/raw/2025/report.md.txt", "data/raw/2025 下的“report.md.txt”没有读：请改名为 report.md"),
        ("data/processed/2025/演练.csv", "data/processed/2025 里放的是结果，其中有 1 个别的文件，没有读：演练.csv"),
    ],
)
def test_what_is_not_read_is_told(town, path, said):
    (town.root / path).parent.mkdir(parents=True, exist_ok=True)
    (town.root / path).write_bytes(b"")
    (line,) = misplaced(town)
    assert said in line
    assert town.years() == [2025]


def test_a_year_without_a_folder_says_what_to_do(town):
    assert no_year(town, 2026).endswith("请先运行 fazhi new-year 2026，再把各科室台账放入 data/raw/2026/。")
    (town.raw_root / "2026年").mkdir()
    assert no_year(town, 2026).endswith("请改名为 2026。")
