"""Whatever cannot be done to a file in the middle of a run: the last complete set stays, and the next run ends as if nothing had been.

The campaign with whole processes is `benchmarks.interruptions`; here each act on a file is struck in turn.
"""

import errno
import os
import shutil
from pathlib import Path

import pytest

from fazhi.errors import StorageError
from fazhi.workspace import files, key, staging
from fazhi.workspace.key import load_key
from fazhi.workspace.lock import run_lock
from made.small_town import contents

ACTS = ("open", "fsync", "link", "mkdir", "rename", "replace", "unlink", "rmdir", "chmod")


class Striker:
    """Counts acts on files below a folder, and lets the n-th fail; with `stays`, all from the n-th on."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.folder, self.count, self.at, self.error, self.stays = folder, 0, 0, 0, False
        for name in ACTS:
            monkeypatch.setattr(os, name, self._watched(name, getattr(os, name)))

    def arm(self, at: int, error: int = errno.EIO, stays: bool = False) -> None:
        self.count, self.at, self.error, self.stays = 0, at, error, stays

    def _watched(self, name, act):
        def watched(*args, **kwargs):
            if self._concerns(name, args, kwargs):
                self.count += 1
                if self.at and (self.count == self.at or (self.stays and self.count > self.at)):
                    raise OSError(self.error, os.strerror(self.error), str(args[0]))
            return act(*args, **kwargs)

        return watched

    def _concerns(self, name, args, kwargs):
        if name == "open" and not args[1] & (os.O_WRONLY | os.O_RDWR):
            return False
        if name in ("unlink", "rmdir") and self.error == errno.ENOSPC:  # a full disk lets files go
            return False
        return name == "fsync" or "dir_fd" in kwargs or str(args[0]).startswith(str(self.folder))


@pytest.fixture
def struck(workspace, monkeypatch):
    """A year whose results are there, and the acts on files."""
    folder = workspace.processed(2025)
    for name in ("run.json", "kept.txt", "gone.html", "clean/drills.parquet", "clean/studies.parquet"):
        files.write_text(folder / name, "old")
    return Striker(workspace.root, monkeypatch)


def make_anew(workspace):
    """What a run does to files, in small: results replaced, added and taken away, under a new key."""
    with run_lock(workspace), staging.Stage(workspace, [2025]) as stage:
        load_key(workspace.key_file)
        folder = stage.workspace.processed(2025)
        files.remove(folder / "gone.html")
        for name in ("clean/drills.parquet", "figures/one.svg", "run.json"):
            files.write_text(folder / name, "new")
        stage.commit()


@pytest.mark.parametrize(("error", "stays"), [(errno.EIO, False), (errno.EACCES, False), (errno.ENOSPC, True)])
def test_the_nth_act_on_a_file_fails(workspace, struck, monkeypatch, error, stays):
    monkeypatch.setattr(key.secrets, "token_hex", lambda size: "ab" * size)
    before = contents(workspace.root)
    struck.arm(0)
    make_anew(workspace)
    acts, after = struck.count, contents(workspace.root)
    assert acts > 40
    for at in range(1, acts + 1):
        shutil.rmtree(workspace.root)
        for name, data in before.items():
            files.write_bytes(workspace.root / name, data)
        struck.arm(at, error, stays)
        said = ""
        try:
            make_anew(workspace)
        except StorageError as told:
            said = str(told)
        struck.arm(0)
        now = results(contents(workspace.root))
        committing = (workspace.processed_root / staging.FOLDER / "commit.json").exists()
        assert now == results(after) or (said and (committing or now == results(before))), (at, said)
        make_anew(workspace)
        assert contents(workspace.root) == after, (at, said)


def results(kept):
    return {name: data for name, data in kept.items() if "processed/" in name and "/." not in name}
