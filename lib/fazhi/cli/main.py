"""The command `fazhi`. Exit codes: 0 done; 1 done, but something needs a decision; 2 could not do it."""

import argparse
import codecs
import gc
import json
import os
import signal
import sys
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from fazhi.cli.arguments import FAILED, parser
from fazhi.errors import FazhiError, StorageError

DONE = 0


def _in_utf8() -> None:
    """Start anew where Chinese names of files could not be passed to the system, as in the locale C without its UTF-8 mode."""
    if codecs.lookup(sys.getfilesystemencoding()).name != "utf-8" and os.environ.get("PYTHONUTF8") != "1":
        ours = {**os.environ, "PYTHONUTF8": "1"}
        if _writes_chinese(sys.stdout):  # as a terminal in GBK, which goes on being one
            ours.setdefault("PYTHONIOENCODING", sys.stdout.encoding)
        os.execve(sys.executable, [sys.executable, *sys.orig_argv[1:]], ours)


def _writes_chinese(stream: Any) -> bool:
    try:
        "法治".encode(stream.encoding or "ascii")
    except (UnicodeEncodeError, LookupError):
        return False
    return True


def _set_streams(given: Sequence[str]) -> None:
    """Write what a terminal, or whoever reads the output, expects: the encoding of the locale where it knows Chinese (GBK on a
    Chinese Windows), else UTF-8; JSON is UTF-8 always. A character that it does not know becomes a question mark."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            plain = "--json" not in given and _writes_chinese(stream)
            stream.reconfigure(encoding=stream.encoding if plain else "utf-8", errors="replace")


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command; every expected fault is one Chinese message on standard error and exit code 2."""
    if argv is None:
        _in_utf8()
    top = parser()
    if argv is None and "_ARGCOMPLETE" in os.environ:
        from fazhi.cli.completion import answer_shell

        answer_shell(top)
    given = list(sys.argv[1:] if argv is None else argv)
    _set_streams(given)
    if given in ([], ["help"]):
        top.print_help()
        return DONE
    arguments, beyond = top.parse_known_args(given)
    if beyond and arguments.command != "lab":
        top.error(f"unrecognized arguments: {' '.join(beyond)}")
    arguments.beyond = beyond
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # to be asked to end is to be interrupted
    try:
        code = _run_command(arguments)
        sys.stdout.flush()
    except BrokenPipeError:  # whoever reads the output has had enough: fazhi trace | head
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    return code


def _run_command(arguments: argparse.Namespace) -> int:
    try:
        return _COMMANDS[arguments.command](arguments)
    except FazhiError as error:
        return _failed(error, arguments)
    except BrokenPipeError:
        raise
    except OSError as error:  # of a place that is read or written by the way
        return _failed(StorageError.of(Path(error.filename or "文件"), error, "读写出错"), arguments)
    except KeyboardInterrupt:
        print("已中断，data/processed 中仍是一套完整的结果。", file=sys.stderr)
        return FAILED


def _failed(error: FazhiError, arguments: argparse.Namespace) -> int:
    """Say why a command could not be done; with --json as JSON too, on standard output."""
    print(error, file=sys.stderr)
    if getattr(arguments, "json", False):
        print(json.dumps({"error": str(error), "faults": list(error.faults)}, ensure_ascii=False, indent=2))
    return FAILED


def _done(message: str, arguments: argparse.Namespace) -> int:
    """Say what was done."""
    print(json.dumps({"done": message}, ensure_ascii=False, indent=2) if arguments.json else message)
    return DONE


def _run(arguments: argparse.Namespace) -> int:
    if arguments.watch:
        return _watch(arguments)
    from fazhi.runs.nothing_to_do import report_unchanged

    if not (arguments.force or arguments.json or arguments.quiet):
        code = report_unchanged(arguments.workspace, arguments.year)
        if code is not None:
            return code
    from fazhi.runs.notebook_runner import notebook_runner

    with notebook_runner(arguments.jobs) as runner:  # warms up while all else is loaded
        gc.disable()  # next to nothing of what is loaded becomes garbage
        from fazhi.cli.run import Wanted, run_command

        gc.freeze()
        gc.enable()
        wanted = Wanted(arguments.json, arguments.quiet, arguments.verbose)
        return run_command(
            arguments.workspace, arguments.year, runner, wanted, force=arguments.force, wait=not arguments.no_wait
        )


def _watch(arguments: argparse.Namespace) -> int:
    from fazhi.cli.watch import watch_command

    if arguments.json or arguments.force:
        print("--watch 不能与 --json、--force 同用。", file=sys.stderr)
        return FAILED
    return watch_command(arguments.workspace, arguments.year, jobs=arguments.jobs, poll=arguments.poll)


def _status(arguments: argparse.Namespace) -> int:
    from fazhi.cli.status import status_command

    return status_command(arguments.workspace, arguments.year, as_json=arguments.json, as_graph=arguments.graph)


def _trace(arguments: argparse.Namespace) -> int:
    from fazhi.cli.trace import trace_command

    return trace_command(
        arguments.workspace, arguments.indicator, arguments.year, arguments.xlsx, as_json=arguments.json
    )


def _check(arguments: argparse.Namespace) -> int:
    from fazhi.cli.check import check_command

    return check_command(arguments.workspace, arguments.draft, arguments.year, arguments.out, as_data=arguments.json)


def _accept(arguments: argparse.Namespace) -> int:
    from fazhi.cli.accept import AcceptRequest, accept_command
    from fazhi.decisions.sheet_form import Choice

    columns, always, values = dict(arguments.column), dict(arguments.always), dict(arguments.value)
    choice = Choice(arguments.ledger, columns, arguments.ignore, always, values, arguments.name)
    request = AcceptRequest(arguments.words, arguments.date or date.today(), arguments.replace, choice, arguments.yes)
    return accept_command(arguments.workspace, arguments.year, request, as_json=arguments.json)


def _open(arguments: argparse.Namespace) -> int:
    from fazhi.cli.opening import open_command

    return open_command(arguments.workspace, arguments.year, arguments.what, as_json=arguments.json)


def _new(arguments: argparse.Namespace) -> int:
    from fazhi.cli.new import new_workspace

    return _done(new_workspace(arguments.folder), arguments)


def _new_year(arguments: argparse.Namespace) -> int:
    from fazhi.cli.new import new_year
    from fazhi.workspace.paths import place

    return _done(new_year(place(arguments.workspace), arguments.year), arguments)


def _published(arguments: argparse.Namespace) -> int:
    from fazhi.cli.published import keep_published
    from fazhi.workspace.paths import latest_year, place

    workspace = place(arguments.workspace)
    year = latest_year(workspace, arguments.year)
    return _done(keep_published(workspace, year, replace=arguments.replace), arguments)


def _blank(arguments: argparse.Namespace) -> int:
    from fazhi.cli.blank import blank_command
    from fazhi.workspace.paths import latest_year, place

    year = latest_year(place(arguments.workspace), arguments.year)
    return blank_command(arguments.workspace, arguments.ledger, year, as_json=arguments.json)


def _letters(arguments: argparse.Namespace) -> int:
    from fazhi.cli.letters import letters_command

    return letters_command(arguments.workspace, arguments.year, arguments.by, arguments.date, as_json=arguments.json)


def _fleet(arguments: argparse.Namespace) -> int:
    from fazhi.cli.fleet import Options, fleet_command

    options = Options(arguments.jobs, arguments.scheduler)
    return fleet_command(arguments.folder, arguments.year, options, as_json=arguments.json)


def _completion(arguments: argparse.Namespace) -> int:
    from fazhi.cli.completion import completion_script

    print(completion_script(arguments.shell))
    return DONE


def _doctor(arguments: argparse.Namespace) -> int:
    from fazhi.cli.doctor import doctor_command

    return doctor_command(arguments.workspace, as_json=arguments.json)


def _lab(arguments: argparse.Namespace) -> int:
    from fazhi.cli.lab import lab_command

    return lab_command(arguments.workspace, arguments.beyond)


_COMMANDS: dict[str, Callable[[argparse.Namespace], int]] = {
    "run": _run, "open": _open, "status": _status, "trace": _trace, "check": _check, "accept": _accept, "new": _new, "new-year": _new_year,
    "published": _published, "blank": _blank, "letters": _letters, "fleet": _fleet, "completion": _completion, "doctor": _doctor, "lab": _lab,
}  # fmt: skip


if __name__ == "__main__":
    sys.exit(main())
