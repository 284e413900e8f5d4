"""Which file of a notebook's pair was edited, told by content; what is generated, what is kept, what stops a run."""

import json
import os
import sys

import pytest

from fazhi.engine import notebook_files
from fazhi.errors import SpecError
from fazhi.workspace.notebook_pairs import edited, out_of_step

PY = '# %% [markdown]\n# # 汇总\n\n# %% tags=["parameters"]\nyear: int = 2025\n\n# %%\nprint(year)\n'


@pytest.fixture
def pair(tmp_path):
    """A pair that says the same: the `.py` and its generated `.ipynb`."""
    source = tmp_path / "02_statistics.py"
    source.write_text(PY, encoding="utf-8")
    source.with_suffix(".ipynb").write_text(notebook_files.generated(source), encoding="utf-8")
    return source, source.with_suffix(".ipynb")


def edit_py(source):
    source.write_text(source.read_text(encoding="utf-8") + "\n# %%\nprint('在 .py 中新增')\n", encoding="utf-8")


def edit_ipynb(target, change=lambda cells: cells[2].update(source=["print('网页里改的')"])):
    notebook = json.loads(target.read_text(encoding="utf-8"))
    change(notebook["cells"])
    target.write_text(json.dumps(notebook, ensure_ascii=False), encoding="utf-8")


def run_again(cells):
    cells[2].update(outputs=[{"output_type": "stream", "name": "stdout", "text": ["2025\n"]}], execution_count=3)
    cells[1]["metadata"]["collapsed"] = True
    cells.append(
        {"cell_type": "code", "id": "abc", "metadata": {}, "outputs": [], "source": [], "execution_count": None}
    )


def test_saving_with_outputs_or_an_empty_cell_and_touching_are_no_edits(pair):
    source, target = pair
    edit_ipynb(target, run_again)
    source.write_bytes(source.read_bytes().replace(b"\n", b"\r\n"))  # a checkout on Windows
    os.utime(source)
    assert edited(source) == ""


@pytest.mark.parametrize(
    "change",
    [
        lambda cells: cells[2].update(source=["print(year + 1)"]),
        lambda cells: cells.pop(),
        lambda cells: cells.reverse(),
        lambda cells: cells[1]["metadata"].update(tags=[]),
        lambda cells: cells[0].update(cell_type="raw"),
    ],
    ids=["text", "a cell less", "order", "tag", "kind"],
)
def test_any_change_of_what_the_ipynb_says_is_an_edit(pair, change):
    source, target = pair
    edit_ipynb(target, change)
    assert edited(source) == "ipynb"


def test_only_the_py_was_edited_and_its_ipynb_is_generated(pair):
    source, target = pair
    edit_py(source)
    assert edited(source) == "py"
    told = []
    notebook_files.refresh(source.parent, told.append)
    assert told == ["02_statistics.py 改过：由它重新生成 02_statistics.ipynb。"]
    assert "在 .py 中新增" in target.read_text(encoding="utf-8")
    assert out_of_step(source.parent) == {}


def test_an_edited_ipynb_stays_and_is_told_of(pair):
    source, target = pair
    edit_ipynb(target)
    told = []
    notebook_files.refresh(source.parent, told.append)
    assert told[0].startswith(
        "02_statistics.ipynb 改过，与 02_statistics.py 不一致：不覆盖，运行的是 02_statistics.ipynb。"
    )
    assert "网页里改的" in target.read_text(encoding="utf-8")


@pytest.mark.parametrize("spoil", [edit_ipynb, lambda target: target.write_text("<<<<<<< ours", encoding="utf-8")])
def test_where_both_were_edited_nothing_is_generated(pair, spoil):
    source, target = pair
    edit_py(source)
    spoil(target)
    before = target.read_bytes()
    with pytest.raises(SpecError, match=r"02_statistics.py 和 02_statistics.ipynb 不一致，不能确定以哪个为准"):
        notebook_files.refresh(source.parent, print)
    assert target.read_bytes() == before


def test_the_same_edit_on_both_sides_is_none(pair):
    source, target = pair
    source.write_text(PY.replace("print(year)", "print(year, 1)"), encoding="utf-8")
    edit_ipynb(target, lambda cells: cells[2].update(source=["print(year, 1)"]))
    assert edited(source) == "py"


def test_without_jupytext_an_edit_is_still_seen_and_nothing_old_is_run(pair, monkeypatch):
    source, _ = pair
    edit_py(source)
    monkeypatch.setitem(sys.modules, "jupytext", None)
    assert edited(source) == "py"
    with pytest.raises(SpecError, match="没有安装 jupytext"):
        notebook_files.refresh(source.parent, print)


def test_taking_the_ipynb_writes_the_py_below_its_header_and_keeps_the_old_one(pair):
    source, target = pair
    header = "# ---\n# jupyter:\n#   kernelspec:\n#     display_name: Python 3\n#     name: python3\n# ---\n\n"
    source.write_text(header + source.read_text(encoding="utf-8"), encoding="utf-8")
    edit_ipynb(target)
    old = source.read_bytes()
    kept = notebook_files.take(target)
    assert (kept.name, kept.read_bytes()) == ("02_statistics.py.old", old)
    assert source.read_text(encoding="utf-8") == header + PY.replace("print(year)", "print('网页里改的')")
    assert out_of_step(source.parent) == {}


def test_taking_the_py_keeps_each_ipynb_that_was_edited(pair):
    source, target = pair
    for name in ("02_statistics.ipynb.old", "02_statistics.ipynb.old1"):
        edit_ipynb(target)
        kept = notebook_files.take(source)
        assert kept.name == name
        assert "网页里改的" in kept.read_text(encoding="utf-8")
    assert notebook_files.take(source) is None
    with pytest.raises(SpecError, match=r"99_none.py 不是一对笔记本"):
        notebook_files.take(source.with_name("99_none.py"))


def test_the_command_says_what_it_left(pair, monkeypatch, capsys):
    source, target = pair
    monkeypatch.setattr(notebook_files, "notebook_folder", lambda: source.parent)
    assert notebook_files.main([]) == 0
    edit_ipynb(target)
    assert notebook_files.main([]) == 1
    assert "不覆盖" in capsys.readouterr().out
    edit_py(source)
    assert notebook_files.main([]) == 2
    assert "--take 02_statistics.ipynb" in capsys.readouterr().err
    assert notebook_files.main(["--take", "notebooks/02_statistics.py"]) == 0
    assert "02_statistics.ipynb.old" in capsys.readouterr().out
