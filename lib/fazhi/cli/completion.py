"""`fazhi completion SHELL`, and what a shell asks for when TAB is pressed: commands, options, years, figures, ledgers, files."""

import argparse
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from fazhi.workspace.paths import Workspace, find_workspace
from fazhi.workspace.results import STATISTICS

SHELLS = ("bash", "zsh", "fish", "powershell")


def completion_script(shell: str) -> str:
    """What a shell reads at its start to complete `fazhi`."""
    from argcomplete.shell_integration import shellcode

    return str(shellcode(["fazhi"], shell=shell))


def answer_shell(top: argparse.ArgumentParser) -> None:
    """Answer a shell that asks what may stand next, and end this process; nothing where none asks."""
    import argcomplete

    for action in _actions(top):
        if action.dest in _COMPLETERS:
            action.completer = _COMPLETERS[action.dest]  # type: ignore[attr-defined]
    argcomplete.autocomplete(top, default_completer=argcomplete.FilesCompleter())


def _actions(parser: argparse.ArgumentParser) -> Iterator[argparse.Action]:
    for action in parser._actions:
        yield action
        if isinstance(action, argparse._SubParsersAction):
            for command in action.choices.values():
                yield from _actions(command)


def _place(parsed_args: argparse.Namespace) -> Workspace:
    named = getattr(parsed_args, "workspace", None)
    return Workspace(Path(named)) if named else find_workspace(Path.cwd())


def _years(parsed_args: argparse.Namespace, **_: Any) -> list[str]:
    """The years that the workspace has."""
    return [str(year) for year in _place(parsed_args).years()]


def _figures(parsed_args: argparse.Namespace, **_: Any) -> dict[str, str]:
    """The figures of the last year that was counted: id -> label."""
    place = _place(parsed_args)
    for year in reversed(place.years()):
        try:
            entries = json.loads((place.processed(year) / STATISTICS).read_text(encoding="utf-8"))["indicators"]
            return {name: entry["label"] for name, entry in entries.items()}
        except (OSError, ValueError, KeyError, TypeError):
            continue
    return {}


def _ledgers(**_: Any) -> list[str]:
    """The titles of all ledgers, as `fazhi blank` takes them."""
    from fazhi.dictionary.loading import load_specs

    return [ledger.title for ledger in load_specs().ledgers.values()]


_COMPLETERS = {"year": _years, "indicator": _figures, "ledger": _ledgers}
