"""What the check of the report's own draft left beside it: `report.check.json`."""

from pathlib import Path
from typing import Any

from fazhi.errors import LedgerError
from fazhi.workspace.files import read_json

FILE = "report.check.json"


def report_faults(results: Path) -> list[str]:
    """What is to be mended in the draft, a sentence each; none where no draft was made, or nothing is wrong."""
    return [str(line) for line in _content(results).get("told", ())]


def report_text(results: Path) -> str:
    """The text of the draft as fazhi wrote it, empty where no draft was made."""
    return str(_content(results).get("text", ""))


def _content(results: Path) -> dict[str, Any]:
    try:
        content = read_json(results / FILE)
    except (FileNotFoundError, LedgerError, ValueError):
        return {}
    return content if isinstance(content, dict) else {}
