"""A town with hostile text in every place that takes text: it comes out as characters, the same in every kind of output.

And a town built twice, on machines that differ in all that should not matter: the same bytes.
"""

import json
import os
import shutil
import subprocess
import sys
import zipfile
from collections import Counter
from pathlib import Path

import pytest
from lxml import etree, html

from fazhi.runs import pipeline
from fazhi.workspace.paths import Workspace
from made.town_of_texts import TEXTS, write_town

LINKS = ("href", "src", "action", "formaction", "data", "{http://www.w3.org/1999/xlink}href")
AWAY = {
    "TZ": "America/St_Johns",
    "LC_ALL": "C",
    "LANG": "C",
    "PYTHONHASHSEED": "7",
    "USER": "somebody",
    "HOME": "/nonexistent",
}


@pytest.fixture(scope="module")
def towns(tmp_path_factory):
    """The folders of results of the hostile and of the plain town."""
    built = []
    for name in ("hostile", "plain"):
        place = write_town(tmp_path_factory.mktemp(name), hostile=name == "hostile")
        outcome = pipeline.run(place, 2025)
        assert outcome.failed == {}
        built.append(outcome.folder)
    return built


def shape(page):
    """Element names, attribute names and links of a tree."""
    elements = [element for element in page.iter() if isinstance(element.tag, str)]
    links = {e.get(name, "#") for e in elements for name in LINKS}
    return (
        {element.tag for element in elements},
        {(e.tag, name) for e in elements for name in e.attrib},
        {link[:11] for link in links if not link.startswith("#")},
        {type(element).__name__ for element in page.iter()} - {"HtmlElement"},
    )


@pytest.mark.parametrize("name", ["report.html", "trends.html"])
def test_no_element_attribute_handler_or_link_comes_of_it_in_a_page(towns, name):
    hostile, plain = (html.document_fromstring((folder / name).read_text(encoding="utf-8")) for folder in towns)
    assert shape(hostile) == shape(plain)
    assert not [name for _, name in shape(hostile)[1] if name.startswith("on")]


def test_the_texts_are_there_as_characters(towns):
    shown = html.document_fromstring((towns[0] / "report.html").read_text(encoding="utf-8")).text_content()
    wanted = [TEXTS[number] for number in (0, 1, 3, 4, 6, 7, 9, 10, 11)]
    assert [text for text in wanted if text not in " ".join(shown.split())] == []


@pytest.mark.parametrize("name", ["report.docx", "appendix.docx", "appendix.xlsx"])
def test_no_formula_link_field_or_part_comes_of_it_in_office_files(towns, name):
    def content(path):
        with zipfile.ZipFile(path) as archive:
            parts = {
                part: etree.fromstring(archive.read(part))
                for part in archive.namelist()
                if part.endswith(("xml", "rels"))
            }
        links = {(e.get("Type"), e.get("TargetMode")) for p in parts if p.endswith("rels") for e in parts[p]}
        tags = {element.tag for part in parts.values() for element in part.iter()}
        return set(parts), links, {tag for tag in tags if not tag.endswith("}br")}  # a title breaks where it has room

    assert content(towns[0] / name) == content(towns[1] / name)


@pytest.mark.parametrize("name", ["report.pdf", "appendix.pdf", "trends.pdf"])
def test_no_link_or_action_comes_of_it_in_a_pdf(towns, name):
    import pypdfium2
    import pypdfium2.raw as pdfium

    document = pypdfium2.PdfDocument(towns[0] / name)
    assert sum(pdfium.FPDFPage_GetAnnotCount(page) for page in document) == 0
    data = (towns[0] / name).read_bytes()
    assert not [word for word in (b"/URI", b"/JavaScript", b"/Launch", b"/EmbeddedFile") if word in data]


def test_no_element_comes_of_it_in_what_a_notebook_shows(towns):
    def outputs(path):
        kinds, shapes = set(), []
        for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
            for output in cell.get("outputs", []):
                kinds |= output.get("data", {}).keys()
                text = "".join(output.get("data", {}).get("text/html", ""))
                shapes.append(shape(html.fragment_fromstring(text, create_parent="div")))
        return kinds, [set().union(*(part[place] for part in shapes)) for place in range(4)]

    names = [path.name for path in sorted((towns[1] / "notebooks").glob("*.ipynb"))]
    assert len(names) > 20
    different = {
        name for name in names if outputs(towns[0] / "notebooks" / name) != outputs(towns[1] / "notebooks" / name)
    }
    assert different == set()


def test_built_elsewhere_under_another_clock_locale_seed_and_user_it_has_the_same_bytes(towns, tmp_path):
    place = Workspace(tmp_path / "另一个 文件夹")
    shutil.copytree(towns[1].parents[1], place.root / "data", ignore=shutil.ignore_patterns("processed"))
    command = "import os, sys; os.umask(0o077); from fazhi.cli.main import main; sys.exit(main())"
    done = subprocess.run(
        [sys.executable, "-c", command, "run", "2025", "--workspace", str(place.root), "--jobs", "1"],
        env={**os.environ, **AWAY}, cwd="/", capture_output=True, check=False,
    )  # fmt: skip
    assert done.returncode == 1, done.stderr.decode()
    mine, other = (_files(folder) for folder in (towns[1], place.processed(2025)))
    assert mine.keys() == other.keys()
    assert Counter(name for name in mine if mine[name] != other[name]) == Counter()


def _files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
