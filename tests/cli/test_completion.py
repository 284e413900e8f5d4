"""TAB completes commands, options, years, figures and ledgers; a command that is merely run knows nothing of it."""

import os
import subprocess
import sys

import pytest

from fazhi.cli.completion import SHELLS, completion_script
from fazhi.workspace.files import write_json


def offered(line: str, folder, tmp_path) -> list[str]:
    """What a shell is offered for what stands on its line; by a file, as in PowerShell."""
    answer = tmp_path / "answer"
    asked = {
        "_ARGCOMPLETE": "1", "_ARGCOMPLETE_IFS": "\n", "_ARGCOMPLETE_STDOUT_FILENAME": str(answer), "COMP_LINE": line,
        "COMP_POINT": str(len(line)), "COMP_TYPE": "9", "ARGCOMPLETE_USE_TEMPFILES": "1",
    }  # fmt: skip
    command = [sys.executable, "-m", "fazhi.cli.main"]
    subprocess.run(command, cwd=folder, env={**os.environ, **asked}, check=False, capture_output=True)
    return [one.strip() for one in answer.read_text(encoding="utf-8").splitlines()]


def test_what_may_stand_next_is_offered(workspace, tmp_path):
    write_json(workspace.processed(2025) / "statistics.json", {"indicators": {"drills.held": {"label": "应急演练"}}})
    assert offered("fazhi tr", workspace.root, tmp_path) == ["trace"]
    assert offered("fazhi run 20", workspace.root, tmp_path) == ["2025"]
    assert offered("fazhi trace d", workspace.root, tmp_path) == ["drills.held"]
    assert offered("fazhi blank 应急演", workspace.root, tmp_path) == ["应急演练台账"]


@pytest.mark.parametrize("shell", SHELLS)
def test_every_shell_has_its_script(shell):
    assert "fazhi" in completion_script(shell)


def test_a_command_loads_none_of_it():
    loaded = "import sys; from fazhi.cli.main import main; main(['help']); print('argcomplete' in sys.modules, 'pandas' in sys.modules)"
    run = subprocess.run([sys.executable, "-c", loaded], capture_output=True, text=True, check=True)
    assert run.stdout.splitlines()[-1] == "False False"
