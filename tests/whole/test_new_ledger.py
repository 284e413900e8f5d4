"""A newcomer adds a ledger of their own as data (`made.new_ledger`), runs a small town, and sees the figures printed."""

import json
import os
import re
import shutil
import subprocess
import sys
from html import unescape
from pathlib import Path

import pytest

import fazhi
from made import new_ledger
from made.small_town import make_town

PACKAGE = Path(fazhi.__file__).parent


def _command(town, lib):
    def run(*arguments):
        return subprocess.run(
            [sys.executable, "-m", "fazhi.cli.main", *arguments, "--workspace", str(town.root)],
            capture_output=True, text=True, check=False, env={**os.environ, "PYTHONPATH": str(lib)},
        )  # fmt: skip

    done = run("run", "2025")
    assert done.returncode == 1, done.stderr  # the other ledgers are missing
    run.folder, run.town = town.processed(2025), town
    return run


@pytest.fixture(scope="module")
def call_of_copy(tmp_path_factory):
    """Run a command of a copy of the package that has the new ledger, in a town that has sent it."""
    folder = tmp_path_factory.mktemp("newcomer")
    shutil.copytree(PACKAGE, folder / "lib" / "fazhi", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(PACKAGE.parents[1] / "notebooks", folder / "notebooks")
    new_ledger.add_to(folder / "lib" / "fazhi")
    town = make_town(folder / "town")
    new_ledger.write_rows(town)
    return _command(town, folder / "lib")


@pytest.fixture(scope="module")
def call_of_town(tmp_path_factory):
    """Run a command of the package as it is, in a town that has the new ledger in its own folder."""
    town = make_town(tmp_path_factory.mktemp("own") / "town")
    new_ledger.add_to_town(town)
    new_ledger.write_rows(town)
    return _command(town, PACKAGE.parent)


@pytest.fixture(params=["call_of_copy", "call_of_town"])
def call(request):
    """Both ways to add a ledger end in the same report."""
    return request.getfixturevalue(request.param)


def test_its_indicators_are_counted_and_led_back_to_their_rows(call):
    told = json.loads((call.folder / "statistics.json").read_text(encoding="utf-8"))["indicators"]
    assert told["facility_checks.rounds"]["value"] == 5
    rate = told["facility_checks.repaired_rate"]
    assert (rate["value"], rate["numerator"], rate["denominator"]) == (0.9, 27, 30)
    assert "规划建设办/设施.xlsx「Sheet1」 第 3—7 行" in call("trace", "facility_checks.rounds").stdout


def test_its_sentence_table_and_chart_stand_in_the_report(call):
    page = (call.folder / "report.html").read_text(encoding="utf-8")
    text = unescape(re.sub(r"<[^>]+>", "", re.sub(r"<(style|script).*?</\1>", "", page, flags=re.DOTALL)))
    assert "巡查公共设施5次，查出的损坏修复率为90%（见图1、表1）。" in text
    assert "公共设施巡查按类别" in text
    assert re.search(r"路灯\s*3\s*15\s*井盖\s*2\s*15", text)
    assert "各类公共设施巡查次数" in page
    assert (call.folder / "figures" / "facility-checks.png").exists()


def test_a_draft_is_checked_against_the_towns_own_indicators(call_of_town, tmp_path):
    draft = tmp_path / "draft.md"
    draft.write_text("巡查公共设施6次，查出的损坏修复率为90%。\n", encoding="utf-8")
    told = call_of_town("check", str(draft), "--json", "--out", str(tmp_path / "out")).stdout
    assert "facility_checks.rounds" in told


def test_a_change_of_the_towns_own_dictionary_is_stale_and_told(call_of_town):
    assert "有改动" not in call_of_town("status", "2025").stdout
    file = call_of_town.town.dictionary_folder / "indicators.yml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("measure: count", "measure: distinct, column: village"), encoding="utf-8")
    try:
        assert "dictionary/indicators.yml 有改动" in call_of_town("status", "2025").stdout
        file.write_text(text.replace("公共设施巡查,", "设施巡查, colour: red,"), encoding="utf-8")
        refused = call_of_town("run", "2025")
        assert refused.returncode == 2
        assert "data/raw/dictionary/indicators.yml「facility_checks.rounds」：不认识的项目“colour”" in refused.stderr
    finally:
        file.write_text(text, encoding="utf-8")
