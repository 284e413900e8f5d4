"""`fazhi published`: keep the figures with which a year's report was published, so that next year can tell what changed since."""

from fazhi.errors import LedgerError
from fazhi.indicators.published_figures import write_published
from fazhi.runs.notebook_steps import SCOPES
from fazhi.workspace.files import fingerprint
from fazhi.workspace.paths import Workspace
from fazhi.workspace.results import STATISTICS, YearResults
from fazhi.workspace.run_record import read_run


def keep_published(workspace: Workspace, year: int, *, replace: bool = False) -> str:
    """Write `data/raw/<year>/published.csv` from the results that the report was made from; what was done, for the analyst.

    Raises LedgerError where it is there already, or the results are not those of one whole run.
    """
    path = workspace.published_file(year)
    shown = path.relative_to(workspace.root).as_posix()
    if path.exists() and not replace:
        raise LedgerError(f"{shown} 已经有了，未作改动。报告重新公布过的，加 --replace。")
    if why := _not_one_run(workspace, year):
        raise LedgerError(f"{year}年{why}，没有可记的数。请先运行 fazhi run {year}，再运行 fazhi published {year}。")
    statistics = YearResults(workspace.processed(year)).statistics()
    assert statistics is not None  # its fingerprint is in the record
    count = write_published(path, statistics)
    return f"{year}年报告的 {count} 个数记在 {shown}。成稿时改过数的，请在其中照改；明年比较时，台账的数与它不同的会指出来。"


def _not_one_run(workspace: Workspace, year: int) -> str:
    """Why the year's figures cannot be said to be those of its report; empty where they are."""
    folder = workspace.processed(year)
    record = read_run(folder)
    if STATISTICS not in record.outputs or not (folder / STATISTICS).exists():
        return "还没有结果"
    if not record.complete or SCOPES[0] not in record.made:
        return "的台账后来又统计过，与报告不是同一次运行"
    return "" if fingerprint(folder / STATISTICS) == record.outputs[STATISTICS] else "的 statistics.json 被改动过"
