"""A log of each run that did something, for whoever looks for what went wrong: `data/logs`, with the time, without private values."""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import datetime

from fazhi import __version__
from fazhi.errors import FazhiError
from fazhi.privacy.register import hidden_values
from fazhi.town_year import TownYear
from fazhi.workspace.files import remove, write_text

KEPT = 20  # logs; older ones are taken away


def write_log(
    town: TownYear, ran: Mapping[str, list[str]], failed: Mapping[str, str], seconds: Mapping[str, float]
) -> None:
    """Write what a run did: each step with its reasons and its time, and how those that failed did.

    A log that cannot be written is none: the results are in place already.

    Parameters
    ----------
    ran, failed, seconds
        By the step's label: why it ran (files by the names they are shown by), what it said where it failed, how long it took.
    """
    folder = town.workspace.logs
    with suppress(FazhiError, OSError):
        folder.mkdir(parents=True, exist_ok=True)
        now = datetime.now()
        head = f"{now:%Y-%m-%d %H:%M:%S} fazhi {__version__} {town.settings.unit.name} {town.year}年"
        lines = [head, *_lines(town, ran, failed, seconds)]
        write_text(folder / f"{now:%Y%m%d-%H%M%S}-{town.year}.log", "\n".join(lines) + "\n")
        for old in sorted(folder.glob("*.log"))[:-KEPT]:
            remove(old)


def _lines(
    town: TownYear, ran: Mapping[str, list[str]], failed: Mapping[str, str], seconds: Mapping[str, float]
) -> Iterator[str]:
    for label, reasons in ran.items():
        took = f"（{seconds[label]:.1f} 秒）" if label in seconds else ""
        yield f"{label}{took}：因{'；'.join(reasons)}"
    hidden = hidden_values(town.workspace, town.year, town.settings) if failed else None
    for label, message in failed.items():
        yield hidden.redact(f"{label}没有完成：{message}") if hidden is not None else ""
    counts = town.results.issues() if town.results.is_counted else []
    yield f"须处理 {sum(issue.severity == 'error' for issue in counts)} 处。"
