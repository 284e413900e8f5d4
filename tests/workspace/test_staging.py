"""What a run changes is told from what it leaves, whatever else lies in the results."""

import os

import pytest

from fazhi.workspace.files import PART, write_bytes
from fazhi.workspace.staging import Stage


def test_what_is_written_replaced_and_removed_is_put_in_place_and_nothing_else(workspace):
    results = workspace.processed(2025)
    kept, old, gone = (write_bytes(results / name, b"before") for name in ("a/kept", "a.txt", "a/b/gone"))
    mark = kept.stat()
    with Stage(workspace, [2024, 2025]) as stage:
        folder = stage.workspace.processed(2025)
        assert stage.changed(2025) == []
        write_bytes(folder / "a.txt", b"after")
        write_bytes(folder / "new/one", b"new")
        write_bytes(stage.workspace.processed(2024) / "one", b"earlier")
        (folder / "a/b/gone").unlink()
        assert (sorted(stage.changed(2025)), stage.changed(2024)) == (["a.txt", "new/one"], ["one"])
        stage.commit()
    assert (old.read_bytes(), (results / "new/one").read_bytes(), gone.exists()) == (b"after", b"new", False)
    assert (kept.stat().st_ino, kept.stat().st_mtime_ns) == (mark.st_ino, mark.st_mtime_ns)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_what_is_no_whole_file_is_left_alone(workspace):
    results = workspace.processed(2025)
    write_bytes(results / "one", b"one")
    write_bytes(results / f".half{PART}", b"ha")
    (results / "broken").symlink_to(results / "nowhere")
    os.mkfifo(results / "pipe")
    with Stage(workspace, [2025]) as stage:
        assert [path.name for path in stage.workspace.processed(2025).iterdir()] == ["one"]
        stage.commit()
    assert {path.name for path in results.iterdir()} == {"one", "broken", "pipe"}
