"""`fazhi fleet`: the towns one after the other on the screen, the failures at the end, the district's roll-up last."""

import json
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from fazhi.fleet.roll_up import roll_up
from fazhi.fleet.town_result import State, TownRun, current
from fazhi.fleet.towns import Found, find_towns

STATES: dict[State, str] = {"current": "没有改动", "done": "完成", "empty": "没有该年台账", "failed": "没有完成"}


@dataclass(frozen=True)
class Options:
    """How the towns are run: `jobs` processes here (0: as many as cores), or a cluster's scheduler."""

    jobs: int = 0
    scheduler: str = ""


def fleet_command(folder: Path, year: int | None, options: Options, *, as_json: bool) -> int:
    """`fazhi fleet`: 0 done, 1 when something needs a decision, 2 when a town failed or the run was broken off."""
    found = find_towns(folder)
    year = year if year is not None else found.latest_year()
    reporter = _Reporter(found, year, sys.stderr if as_json else sys.stdout)
    try:
        with reporter.bar:
            run_fleet(found, year, options, reporter)
    except KeyboardInterrupt:
        reporter.report_break()
        return 2
    ended = reporter.in_order()
    written = roll_up(found, year, ended)
    if as_json:
        print(json.dumps(_summary(found, year, ended, written), ensure_ascii=False, indent=2))
    for line in _closing_lines(found, year, ended, written):
        print(line, file=reporter.stream)
    return exit_code(found, ended)


def run_fleet(found: Found, year: int, options: Options, reporter: "_Reporter") -> None:
    """Bring all towns up to date; here, those that are current are not even handed out."""
    if options.scheduler:
        from fazhi.fleet.dask_cluster import run_on_cluster

        return run_on_cluster(found, found.towns, year, options.scheduler, reporter)
    from fazhi.fleet.local_processes import run_here

    due = []
    for town in found.towns:
        if (known := current(found.workspace(town), town, year)) is not None:
            reporter(known)
        else:
            due.append(town)
    if due:
        run_here(found, due, year, options.jobs, reporter)
    return None


def exit_code(found: Found, ended: Sequence[TownRun]) -> int:
    states = {town.state for town in ended}
    if "failed" in states or found.closed:
        return 2
    return 1 if "empty" in states or any(town.errors for town in ended) else 0


class _Reporter:
    """Says how each town went, a line each, as they end; on a terminal a bar shows how far it is."""

    def __init__(self, found: Found, year: int, stream: TextIO) -> None:
        self.stream = stream
        self._found, self._year = found, year
        self._ended: dict[str, TownRun] = {}
        self._console = Console(file=stream, highlight=False, markup=False, emoji=False, soft_wrap=True)
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
        self.bar = Progress(*columns, console=self._console, transient=True, disable=not self._console.is_terminal)
        self._task = self.bar.add_task(f"{year}年各镇", total=len(found.towns))
        print(f"共 {len(found.towns)} 个镇，{year}年。", file=stream, flush=True)

    def __call__(self, town: TownRun) -> None:
        self._ended[town.path] = town
        if town.state != "current":
            place = f"[{len(self._ended)}/{len(self._found.towns)}]"
            self._console.print(place, _line(town.label), _state(town))
        self.bar.update(self._task, completed=len(self._ended))

    def in_order(self) -> list[TownRun]:
        return [self._ended[path] for path in sorted(self._ended)]

    def report_break(self) -> None:
        """After Ctrl-C: what is done, what is left."""
        done, left = len(self._ended), [path for path in self._found.towns if path not in self._ended]
        print(
            f"已中断：{done} 个镇已做完，{len(left)} 个镇未做，原有结果没有改动。再运行一次即从未做的接着做。",
            file=sys.stderr,
        )


def _line(text: str) -> str:
    """Text of unknown origin on a line of the screen."""
    return "".join(character if character.isprintable() else "□" for character in text)


def _state(town: TownRun) -> str:
    said = STATES[town.state]
    if town.errors:
        said += f"，须处理 {town.errors} 处"
    return said + (f"，用时 {town.seconds:.1f} 秒" if town.seconds else "")


def _closing_lines(found: Found, year: int, ended: Sequence[TownRun], written: Sequence[str]) -> Iterator[str]:
    counts = Counter(town.state for town in ended)
    yield "，".join(f"{said} {counts[state]} 个" for state, said in STATES.items() if counts[state]) + "。"
    for path in found.closed:
        yield f"  · 文件夹 {_line(path)} 打不开，其中的镇没有处理。请检查权限后重新运行。"
    for town in ended:
        if town.state == "empty":
            yield f"  · {_line(town.label)}没有 {year} 年的台账。请催报；该镇不计入汇总。"
        for reason in town.reasons:
            yield f"  · {_line(town.label)}：{_line(reason)}"
    yield f"汇总在 {found.root}：{'、'.join(written)}" if written else "没有一个镇有统计结果，未作汇总。"


def _summary(found: Found, year: int, ended: Sequence[TownRun], written: Sequence[str]) -> dict[str, object]:
    return {
        "year": year,
        "folder": str(found.root),
        "closed": list(found.closed),
        "towns": [town.as_dict() for town in ended],
        "written": list(written),
    }
