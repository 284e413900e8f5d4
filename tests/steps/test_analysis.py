"""The analyst's own notebook: tables of all years in Chinese, filter, two years, save; pseudonyms only."""

import json
import subprocess

import pandas as pd
import pytest

from fazhi.cli.analysis_folder import open_analysis, starter
from fazhi.errors import LedgerError
from fazhi.steps import analysis


@pytest.fixture
def place(workspace, monkeypatch):
    for year in (2024, 2025):
        workspace.raw(year).mkdir(exist_ok=True)
        table = pd.DataFrame(
            {
                "accepted_on": pd.to_datetime([f"{year}-03-01"] * 4).date,
                "category": ["邻里纠纷", "邻里纠纷", "合同纠纷", "=1+1"][: 4 if year == 2025 else 3]
                + [None] * (year == 2024),
                "outcome": "调解成功",
                "mediator": ["P0123456789ab"] * 4,
            }
        )
        file = workspace.processed(year) / "clean" / "disputes.parquet"
        file.parent.mkdir(parents=True, exist_ok=True)
        table.to_parquet(file)
    monkeypatch.chdir(workspace.root)
    return workspace


def test_the_starter_notebook_runs_from_top_to_bottom(place):
    folder = open_analysis(place)
    cells = [cell for cell in json.loads(starter())["cells"] if cell["cell_type"] == "code"]
    scope: dict = {}
    for cell in cells:
        exec("".join(cell["source"]), scope)
    assert scope["disputes"]["年度"].tolist() == [2024] * 4 + [2025] * 4
    assert {path.name for path in folder.iterdir()} >= {"开始.ipynb", "纠纷类型两年比较.png", "纠纷类型两年比较.csv"}
    assert "'=1+1" in (folder / "纠纷类型两年比较.csv").read_text(encoding="utf-8-sig")


def test_nothing_of_it_is_seen_by_git(place):
    folder = open_analysis(place)
    subprocess.run(["git", "init", "-q", str(place.root)], check=True)
    told = subprocess.run(
        ["git", "-C", str(place.root), "status", "--porcelain", "-uall"], capture_output=True, text=True, check=True
    )
    assert "analysis" not in told.stdout
    (folder / "开始.ipynb").write_text("mine", encoding="utf-8")
    assert open_analysis(place) == folder and (folder / "开始.ipynb").read_text(encoding="utf-8") == "mine"


def test_people_are_pseudonyms_and_what_is_not_there_is_told(place):
    disputes = analysis.open_tables()["矛盾纠纷调解台账"]
    assert "调解员（代号）" in disputes and not any("身份证" in str(name) for name in disputes)
    assert len(analysis.only(disputes, {"年度": 2025, "纠纷类型": ["邻里纠纷", "合同纠纷"]})) == 3
    with pytest.raises(LedgerError, match="没有列“纠纷类别”，最接近的是“纠纷类型”"):
        analysis.only(disputes, {"纠纷类别": "邻里纠纷"})
    with pytest.raises(LedgerError, match="没有台账“矛盾纠纷”"):
        analysis.open_tables()["矛盾纠纷"]
    with pytest.raises(LedgerError, match="不能作文件名"):
        analysis.save(disputes, "../逃出去")


def test_two_years_side_by_side(place):
    compared = analysis.two_years(analysis.open_tables()["矛盾纠纷调解台账"], "纠纷类型", 2024, 2025)
    assert compared.loc["邻里纠纷"].tolist() == [2, 2, 0, 1]
    assert compared.loc["=1+1", "增减"] == 1 and pd.isna(compared.loc["=1+1", "倍"])
