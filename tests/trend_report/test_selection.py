"""What the notebook's parameters choose, and what a misspelt one is told."""

import pytest
import yaml

from fazhi.errors import LedgerError, SpecError
from fazhi.trend_report.selection import chosen_years, open_view, span
from made.sheets import TOWN


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("", [2022, 2023, 2025]), (" ", [2022, 2023, 2025]), ("2022-2025", [2022, 2023, 2025]), ("2023,2025", [2023, 2025]),
        ("2022—2023年", [2022, 2023]), ("2025年", [2025]), ("2022-2023，2025", [2022, 2023, 2025]),
    ],
)  # fmt: skip
def test_years(text: str, years: list[int]) -> None:
    assert chosen_years(text, [2022, 2023, 2025]) == years


@pytest.mark.parametrize(
    ("text", "said"), [("去年", "不是年份"), ("1999", "没有已有的年份"), ("2025-2022", "没有已有的年份")]
)
def test_years_that_are_none(text: str, said: str) -> None:
    with pytest.raises(SpecError, match=said):
        chosen_years(text, [2022, 2025])


def test_spans() -> None:
    assert [span([2025]), span([2022, 2023, 2024]), span([2022, 2024])] == ["2025年", "2022—2024年", "2022、2024年"]


def test_a_town_without_disputes_is_an_empty_view(workspace) -> None:
    view = open_view(2025, str(workspace.root))
    assert view.empty
    assert (view.place, view.where, view.records.years) == ("village", "青木镇", (2025,))


def test_a_misspelt_value_is_told_its_nearest(workspace) -> None:
    with pytest.raises(SpecError, match="没有村（居）“龙井”，最接近的是“龙井村”"):
        open_view(2025, str(workspace.root), only={"village": "龙井"})
    with pytest.raises(SpecError, match="没有纠纷类型“邻里纠分”，最接近的是“邻里纠纷”"):
        open_view(2025, str(workspace.root), only={"category": "邻里纠分"})


def test_a_district_is_every_workspace_below_a_folder(workspace) -> None:
    other = workspace.root.parent / "b"
    (other / "data" / "raw" / "2025").mkdir(parents=True)
    told = yaml.safe_dump({**TOWN, "name": "白水镇"}, allow_unicode=True)
    (other / "data" / "raw" / "unit.yml").write_text(told, encoding="utf-8")
    (workspace.root.parent / "no town").mkdir()
    view = open_view(2025, towns=str(workspace.root.parent))
    assert (view.place, view.where, len(view.towns)) == ("town", "白水镇等2个乡镇", 2)
    with pytest.raises(LedgerError, match="“no town”下没有工作区"):
        open_view(2025, towns=str(workspace.root.parent / "no town"))
