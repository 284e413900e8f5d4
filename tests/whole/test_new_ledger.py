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


@pytest.fixture(scope="module")
def call(tmp_path_factory):
    """Run a command of a copy of the package that has the new ledger, in a town that has sent it."""
    folder = tmp_path_factory.mktemp("newcomer")
    shutil.copytree(PACKAGE, folder / "lib" / "fazhi", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(PACKAGE.parents[1] / "notebooks", folder / "notebooks")
    new_ledger.add_to(folder / "lib" / "fazhi")
    town = make_town(folder / "town")
    new_ledger.write_rows(town)

    def run(*arguments):
        return subprocess.run(
            [sys.executable, "-m", "fazhi.cli.main", *arguments, "--workspace", str(town.root)],
            capture_output=True, text=True, check=False, env={**os.environ, "PYTHONPATH": str(folder / "lib")},
        )  # fmt: skip

    done = run("run", "2025")
    assert done.returncode == 1, done.stderr  # the other ledgers are missing
    run.folder = town.processed(2025)
    return run


def test_its_indicators_are_counted_and_led_back_to_their_rows(call):
    told = json.loads((call.folder / "statistics.json").read_text(encoding="utf-8"))["indicators"]
    assert told["facility_checks.rounds"]["value"] == 5
    rate = told["facility_checks.repaired_rate"]
    assert (rate["value"], rate["numerator"], rate["denominator"]) == (0.9, 27, 30)
    assert "规划建设办/设施.xlsx「Sheet1」 第 3—7 行" in call("trace", "facility_checks.rounds").stdout


def test_its_sentence_table_and_chart_stand_in_the_report(call):
    page = (call.folder / "report.html").read_text(encoding="utf-8")
    text = unescape(re.sub(r"<[^>]+>", "", re.sub(r"<(style|script).*?</\1>", "", page, flags=re.DOTALL)))
    assert "巡查公共设施5次，查出的损坏修复率为90%。" in text
    assert "公共设施巡查按类别" in text
    assert re.search(r"路灯\s*3\s*15\s*井盖\s*2\s*15", text)
    assert "各类公共设施巡查次数" in page
    assert (call.folder / "figures" / "facility-checks.png").exists()
