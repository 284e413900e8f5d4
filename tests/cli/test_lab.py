"""`fazhi lab`: JupyterLab on the town's own folder, offline, with every export; its notebooks are copies."""

import json
import os
import socket
import subprocess
import time
import urllib.error
import urllib.request

import pytest

from fazhi.cli import lab
from fazhi.cli.main import main
from fazhi.workspace.paths import notebook_folder


def copies(workspace):
    told = []
    return lab.working_copies(workspace, told.append), told


def edit(path, text):
    notebook = json.loads(path.read_text(encoding="utf-8"))
    notebook["cells"][-1]["source"] = text
    path.write_text(json.dumps(notebook), encoding="utf-8")


def test_the_notebooks_are_copied_and_what_is_edited_is_kept(workspace, tmp_path, monkeypatch):
    folder, told = copies(workspace)
    assert {path.name for path in folder.glob("*.ipynb")} == {path.name for path in notebook_folder().glob("*.ipynb")}
    assert (folder / ".gitignore").read_text(encoding="utf-8") == "*\n" and not told
    edit(folder / "03_report.ipynb", "mine")
    assert copies(workspace)[1] == []  # the package's is the same as before: nothing to tell
    newer = tmp_path / "newer"
    newer.mkdir()
    for source in notebook_folder().glob("0[03]_*.ipynb"):
        (newer / source.name).write_bytes(source.read_bytes())
        edit(newer / source.name, "new")
    monkeypatch.setattr(lab, "notebook_folder", lambda: newer)
    told = copies(workspace)[1]
    assert len(told) == 1 and "03_report.ipynb" in told[0]
    assert "mine" in (folder / "03_report.ipynb").read_text(encoding="utf-8")
    assert '"new"' in (folder / "00_start.ipynb").read_text(encoding="utf-8")


def test_a_copy_that_was_only_run_is_brought_up_to_date(workspace):
    folder, _ = copies(workspace)
    path = folder / "00_start.ipynb"
    notebook = json.loads(path.read_text(encoding="utf-8"))
    notebook["cells"][1]["outputs"], notebook["metadata"]["run"] = [], True
    path.write_text(json.dumps(notebook), encoding="utf-8")
    assert copies(workspace)[1] == []
    path.write_text("no notebook", encoding="utf-8")
    assert copies(workspace)[1] == []  # kept, and as the package's has not changed, nothing is told


def test_it_says_where_it_is_and_hands_options_on(workspace, monkeypatch, capsys):
    called = []
    monkeypatch.setattr(lab.subprocess, "call", lambda command, env: called.append((command, env)) or 0)
    assert main(["lab", "--workspace", str(workspace.root), "--no-browser", "--port=9999"]) == 0
    ((command, env),) = called
    assert {f"--ServerApp.root_dir={workspace.root}", "--no-browser", "--port=9999"} <= set(command)
    assert env["JUPYTER_PATH"].startswith(str(lab.jupyter_folder()))
    assert str(workspace.root) in capsys.readouterr().err


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """A JupyterLab as `fazhi lab` starts it, on a workspace with one executed notebook of a document; its address."""
    pytest.importorskip("jupyterlab")
    from fazhi.workspace.paths import Workspace

    workspace = Workspace(tmp_path_factory.mktemp("lab"))
    workspace.raw_root.mkdir(parents=True)
    lab.working_copies(workspace, print)
    with socket.socket() as free:  # of its own: tests run in two processes
        free.bind(("localhost", 0))
        port = free.getsockname()[1]
    options = [
        "--no-browser",
        f"--port={port}",
        "--ServerApp.port_retries=0",
        "--IdentityProvider.token=ours",
        "--allow-root",
    ]
    home = {**os.environ, "HOME": str(workspace.root), "JUPYTER_RUNTIME_DIR": str(workspace.root / "run")}
    process = subprocess.Popen(
        lab.command(workspace, options), env=lab.environment(home), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        yield _when_up(f"http://localhost:{port}", process), workspace
    finally:
        process.terminate()
        process.wait(10)


def _when_up(address, process):
    for _ in range(600):
        try:
            urllib.request.urlopen(f"{address}/api", timeout=1).close()
            return address
        except (urllib.error.URLError, OSError):
            assert process.poll() is None, "JupyterLab has ended"
            time.sleep(0.1)
    raise AssertionError("JupyterLab does not answer")


def fetched(address):
    request = urllib.request.Request(address, headers={"Authorization": "token ours"})
    with urllib.request.urlopen(request) as answer:
        return answer.read()


def test_the_server_speaks_chinese_and_asks_the_network_for_nothing(server):
    address, _ = server
    settings = json.loads(fetched(f"{address}/lab/api/settings/@jupyterlab/apputils-extension:notification"))
    settings = settings["schema"]["properties"]
    assert (settings["fetchNews"]["default"], settings["checkForUpdates"]["default"]) == ("false", False)
    language = json.loads(fetched(f"{address}/lab/api/settings/@jupyterlab/translation-extension:plugin"))
    assert language["schema"]["properties"]["locale"]["default"] == "zh_CN"


@pytest.mark.parametrize(
    ("form", "begins"), [("fazhi_html", b"<!doctype"), ("fazhi_pdf", b"%PDF"), ("fazhi_docx", b"PK")]
)
def test_the_menu_exports_every_format(server, form, begins):
    address, workspace = server
    executed = {
        "cells": [{"cell_type": "markdown", "id": "a", "metadata": {}, "source": "# 标题\n\n正文。"}],
        "metadata": {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}},
        "nbformat": 4, "nbformat_minor": 5,
    }  # fmt: skip
    (workspace.root / "lab" / "paper.ipynb").write_text(json.dumps(executed), encoding="utf-8")
    exported = fetched(f"{address}/nbconvert/{form}/lab/paper.ipynb?download=true")
    assert exported.lower().startswith(begins.lower())
