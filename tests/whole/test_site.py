"""The site of docs/: built without a warning, and read without a network."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    folder = tmp_path_factory.mktemp("site")
    words = [
        "--quiet",
        "--fail-on-warning",
        "--keep-going",
        "--doctree-dir",
        str(folder / "trees"),
        "docs",
        str(folder / "html"),
    ]
    done = subprocess.run(
        [sys.executable, "-m", "sphinx", *words], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return folder / "html"


def test_every_page_is_built_and_loads_nothing_from_elsewhere(site):
    pages = {path.relative_to(ROOT / "docs").with_suffix(".html") for path in (ROOT / "docs").rglob("*.md")}
    assert sorted(page for page in pages if not (site / page).exists()) == []
    loaded = re.compile(
        r'(?:src|data)="(?:https?:)?//|<link[^>]+href="(?:https?:)?//|@import\s|url\(["\']?(?:https?:)?//'
    )
    files = [path for kind in ("*.html", "*.css") for path in site.rglob(kind)]
    assert [path.name for path in files if loaded.search(path.read_text(encoding="utf-8"))] == []


def test_chinese_words_are_found(site):
    text = (site / "searchindex.js").read_text(encoding="utf-8")
    index = json.loads(text.removeprefix("Search.setIndex(").removesuffix(")"))
    found = [index["docnames"][number] for number in index["terms"]["合计"]]
    assert {"reference/rules", "explanation/nothing-vanishes"} <= set(found) < set(index["docnames"])
    assert "run.slice" in (site / "_static" / "language_data.js").read_text(encoding="utf-8")
