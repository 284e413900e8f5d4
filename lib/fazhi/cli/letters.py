"""`fazhi letters`: a letter to each office that still owes a ledger or a correction, as Word documents."""

import json
from datetime import date
from pathlib import Path

from fazhi.errors import LedgerError
from fazhi.number_words import day
from fazhi.returns.letters import Terms
from fazhi.runs.staleness import surroundings
from fazhi.steps.letters import Written, write_letters
from fazhi.town_year import TownYear, open_year
from fazhi.workspace.paths import Workspace, latest_year, place
from fazhi.workspace.run_record import read_run


def letters_command(
    folder: Path | None, year: int | None, due: date | None, written: date | None, *, as_json: bool = False
) -> int:
    """Write the letters and say what is in them.

    Parameters
    ----------
    folder, year
        The workspace and its year; None for the one the caller stands in, and its last.
    due, written
        Until when an answer is asked for (else `letters_due` of unit.yml), and the letters' own date; without one it is left
        to be filled in.
    """
    workspace = place(folder)
    town = open_year(latest_year(workspace, year), workspace)
    _check_current(workspace, town.year)
    unit = town.settings.unit
    due = due or unit.letters_due
    if due and written and due < written:
        raise LedgerError(f"截止日期 {day(due)} 早于落款日期 {day(written)}。请核对 --by、--date 和 letters_due。")
    terms = Terms(unit.name, town.year, unit.letters_from or unit.issuer, due, written, unit.fonts)
    made = write_letters(town, terms)
    if as_json:
        files = [{"file": str(path), "office": one.office, "missing": list(one.missing), "gaps": len(one.gaps),
                  "faults": len(one.faults)} for path, one in made.files.items()]  # fmt: skip
        print(json.dumps({"written": files, "not_pressed": made.spared}, ensure_ascii=False, indent=2))
    else:
        print(*_lines(town, made, due), sep="\n")
    return 0


def _check_current(workspace: Workspace, year: int) -> None:
    """Letters are written from the last run: nobody is to be pressed for what has come since."""
    record = read_run(workspace.processed(year))
    if not record.around:
        raise LedgerError(f"{year}年还没有运行过。请先运行 fazhi run {year}，再写通知。")
    if record.around != surroundings(workspace, year):
        raise LedgerError(f"上次运行以后台账或设置有改动，照旧的结果催报会不准。请先运行 fazhi run {year}。")


def _lines(town: TownYear, made: Written, due: date | None) -> list[str]:
    if not made.files:
        return [f"{town.year}年没有要补报、要更正的，没有写通知。", *_spared(made)]
    lines = [f"写了 {len(made.files)} 份通知："]
    for path, one in made.files.items():
        asked = [f"补报 {'、'.join(one.missing)}"] if one.missing else []
        asked += [f"核实 {len(one.gaps)} 处空缺的月份"] if one.gaps else []
        asked += [f"更正 {len(one.faults)} 处"] if one.faults else []
        lines.append(f"  · {one.office}：{'；'.join(asked)}。{path}")
    if any(one.faults for one in made.files.values()):
        lines.append(f"更正的通知，请连同 {town.processed / 'returned'} 下该科室的工作簿一起发。")
    if due is None:
        lines.append("没有写截止日期，通知里留空：可以加 --by 2027-01-05，或在 unit.yml 写 letters_due。")
    return [*lines, *_spared(made)]


def _spared(made: Written) -> list[str]:
    """Ledgers that nobody is pressed for, as they may have been received; and what to look at before anybody is."""
    lines = [
        f"没有催报{title}：可能就在 {file} 里，请先用 fazhi accept 加文件名指明。"
        for title, file in made.spared.items()
    ]
    if made.unread and any(one.missing for one in made.files.values()):
        lines.append(f"发出催报以前，请先看看没有认出的 {len(made.unread)} 个文件：{'、'.join(made.unread[:5])}。")
    return lines
