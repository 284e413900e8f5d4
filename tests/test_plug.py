"""Whatever cannot be done to a file in the middle of a run: the last complete set stays, and the next run ends as if nothing had been.

The campaign with whole processes is `benchmarks.plug`; here each act on a file of the workspace is struck in turn, in one process.
"""

import errno
import os
import random
import shutil
from pathlib import Path

import pytest

from conftest import write_workbook
from fazhi import cli, pipeline, staging
from test_pipeline import DRILLS, STUDIES, BreakingRunner, contents

ACTS = ("open", "fsync", "link", "mkdir", "rename", "replace", "unlink", "rmdir", "chmod")
SAMPLE = 5  # of the some three hundred acts of a run; the campaign tries all


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
    """A town whose results are there, whose raw folder has changed since, and the acts of the run that is due."""
    write_workbook(workspace.raw(2025) / "演练.xlsx", *DRILLS)
    monkeypatch.setattr(pipeline, "Runner", BreakingRunner)
    pipeline.run(workspace, 2025)
    write_workbook(workspace.raw(2025) / "学法.xlsx", *STUDIES)
    return Striker(workspace.root, monkeypatch)


@pytest.mark.parametrize(("error", "stays"), [(errno.EIO, False), (errno.EACCES, False), (errno.ENOSPC, True)])
def test_the_nth_act_on_a_file_fails(workspace, struck, capsys, error, stays):
    before = keep(workspace)
    struck.arm(0)
    pipeline.run(workspace, 2025)
    acts, after = struck.count, keep(workspace)
    command = ["run", "2025", "--workspace", str(workspace.root)]
    for at in sorted(random.Random(error).sample(range(1, acts + 1), SAMPLE)):
        put_back(workspace, before)
        struck.arm(at, error, stays)
        code = cli.main(command)
        struck.arm(0)
        said = capsys.readouterr().err
        now = keep(workspace)
        committing = (workspace.processed_root / staging.FOLDER / "commit.json").exists()
        assert results(now) in (results(before), results(after)) or committing, (at, said)
        assert "Traceback" not in said and code == 2  # the documents of this town always fail
        if results(now) == results(before):
            assert said.count("\n") == 1 and "请" in said, (at, said)
        pipeline.run(workspace, 2025)
        assert keep(workspace) == after, (at, said)


def keep(workspace):
    return contents(workspace.root / "data")


def results(kept):
    return {name: data for name, data in kept.items() if name.startswith("processed/") and "/." not in name}


def put_back(workspace, kept):
    shutil.rmtree(workspace.root / "data")
    for name, data in kept.items():
        path = workspace.root / "data" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
