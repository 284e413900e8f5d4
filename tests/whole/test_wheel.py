"""The wheel is the whole program: built, unpacked elsewhere, it sets up a town and makes its year."""

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
DRILLS = "演练日期,演练名称,演练地点,参与人数\n2025-03-05,消防疏散演练,友爱村,40\n2025-06-02,防汛演练,友爱村,35\n"


@pytest.fixture(scope="module")
def package(tmp_path_factory):
    """The folder that the wheel was unpacked to."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder / "package")
    return folder / "package"


def fazhi(package, folder, *words):
    """The command of the unpacked wheel in a folder: its exit code and what it says."""
    run = "import sys; from fazhi.cli.main import main; sys.exit(main())"
    environ = {**os.environ, "PYTHONPATH": str(package), "HOME": str(folder)}
    done = subprocess.run([sys.executable, "-c", run, *words], cwd=folder, env=environ, capture_output=True, text=True)
    return done.returncode, done.stdout + done.stderr


def test_it_holds_notebooks_dictionary_templates_and_types(package):
    inside = {path.relative_to(package / "fazhi").as_posix() for path in (package / "fazhi").rglob("*")}
    notebooks = {path.name for path in (ROOT / "notebooks").iterdir() if path.suffix in (".py", ".ipynb")}
    assert {f"notebooks/{name}" for name in notebooks} <= inside
    assert {"py.typed", "dictionary/indicators.yml", "engine/jupyter/kernels/python3/kernel.json"} <= inside
    assert not any("__pycache__" in name or name.startswith("tests") for name in inside)


def test_a_town_is_set_up_and_its_year_made(package, tmp_path):
    assert fazhi(package, tmp_path, "new", "红星镇")[0] == 0
    town = tmp_path / "红星镇"
    settings = town / "data" / "raw" / "unit.yml"
    written = settings.read_text(encoding="utf-8")
    written = written.replace("villages: []", "villages: [友爱村]").replace("offices: []", "offices: [应急管理办]")
    settings.write_text(written, encoding="utf-8")
    assert fazhi(package, town, "new-year", "2025")[0] == 0
    (town / "data" / "raw" / "2025" / "应急管理办" / "应急演练台账.csv").write_text(DRILLS, encoding="utf-8-sig")
    code, said = fazhi(package, town, "run", "2025")
    assert code in (0, 1), said
    results = town / "data" / "processed" / "2025"
    assert {"report.html", "report.pdf", "report.docx", "appendix.xlsx"} <= {path.name for path in results.iterdir()}
    statistics = json.loads((results / "statistics.json").read_text(encoding="utf-8"))
    assert {one["label"]: one["value"] for one in statistics["indicators"].values()}["应急演练"] == 2
    assert not [path for path in package.rglob("*.ipynb") if path.stat().st_mtime > settings.stat().st_mtime]
