"""`district.html`, `.pdf` and `.xlsx`: each written whole, the same bytes for the same towns."""

from collections.abc import Sequence
from pathlib import Path

from fazhi.dictionary.loading import load_specs
from fazhi.district.document import TITLE, page, sheets
from fazhi.district.results import read_results
from fazhi.documents.html import render_html
from fazhi.documents.pdf import render_pdf
from fazhi.documents.workbook import write_workbook
from fazhi.workspace.files import write_bytes

UNREADABLE = "结果文件读不出，请删去该镇 data/processed 下该年的文件夹后重新运行"


def write_district(
    root: Path, year: int, paths: Sequence[str], absent: Sequence[tuple[str, str]], name: str = "district"
) -> list[Path]:
    """Roll up a district's towns into a page, a PDF and a workbook.

    Parameters
    ----------
    root, paths
        The district's folder, and the towns' folders below it.
    absent
        Label and reason of towns that are known not to be in it.
    name
        What the files are called.

    Returns
    -------
    list of Path
        The files written; none where no town has statistics of the year.
    """
    results = read_results(root, year, paths)
    if not results.towns:
        return []
    missing = [*absent, *((town, UNREADABLE) for town in results.unread)]
    specs = load_specs()
    title = TITLE.format(district=results.district, year=year)
    tables = sheets(results, specs, missing)
    document = page(results, specs, missing, tables)
    made = {
        "html": render_html(document).encode("utf-8"),
        "pdf": render_pdf(document),
        "xlsx": write_workbook(tables, title, results.district, year),
    }
    return [write_bytes(root / f"{name}.{form}", data) for form, data in made.items()]
