"""Write the pages of docs/ that say what the code or the dictionary says: `python -m docs.generate`.

A page is a function that returns its text; tests/project/test_docs.py asks that each file is what its page returns.
"""

from collections.abc import Callable
from pathlib import Path

from docs.pages.commands import commands_page
from docs.pages.data_dictionary import data_dictionary_page
from docs.pages.indicators import indicators_page
from docs.pages.issues import issues_page
from docs.pages.library import library_page
from docs.pages.settings import settings_page
from docs.pages.specs import specs_page

FOLDER = Path(__file__).parent
PAGES: dict[str, Callable[[], str]] = {
    "reference/commands.md": commands_page,
    "reference/indicators.md": indicators_page,
    "reference/data-dictionary.md": data_dictionary_page,
    "reference/issues.md": issues_page,
    "reference/library.md": library_page,
    "reference/settings.md": settings_page,
    "reference/specs.md": specs_page,
}


def main() -> None:
    """Write every page."""
    for name, page in PAGES.items():
        (FOLDER / name).write_text(page(), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
