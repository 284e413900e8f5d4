"""The district's tables, made anew where a town's results, or what makes the tables, have changed."""

import hashlib
from collections.abc import Sequence

from fazhi.errors import ResultError
from fazhi.fleet.town_result import TownRun
from fazhi.fleet.towns import Found
from fazhi.runs import staleness
from fazhi.runs.code_fingerprint import code_fingerprint
from fazhi.workspace.files import fingerprint, read_json, write_json
from fazhi.workspace.results import RUN


def roll_up(found: Found, year: int, ended: Sequence[TownRun]) -> list[str]:
    """Write the district's tables; the names of the files, none where no town has figures.

    They are called `district.*` for the towns' last year, `district-<year>.*` for an earlier one. Beside them lies a note of
    what they were made from, so that a district in which nothing has changed is not put together again.
    """
    absent = [(town.label, "；".join(town.reasons) or f"没有 {year} 年的台账") for town in ended if not town.made]
    absent += [(path, "文件夹打不开") for path in found.closed]
    name = "district" if year >= found.latest_year() else f"district-{year}"
    made = [town.path for town in ended if town.made]
    note, inputs = found.root / f".{name}.json", _inputs(found, year, made, absent)
    try:
        noted = read_json(note) if note.exists() else {}
    except ResultError:
        noted = {}
    files: dict[str, str] = noted.get("files", {})
    if noted.get("inputs") == inputs and staleness.outputs_of(found.root, files) == files:
        return list(files)
    from fazhi.district import write_district

    written = [path.name for path in write_district(found.root, year, made, absent, name)]
    write_json(note, {"inputs": inputs, "files": {file: fingerprint(found.root / file) for file in written}})
    return written


def _inputs(found: Found, year: int, made: Sequence[str], absent: Sequence[tuple[str, str]]) -> str:
    """One fingerprint for what the tables are made from: a town's run.json tells of its settings and of all its results."""
    digest = hashlib.sha256()
    for path in made:
        town = found.workspace(path)
        runs = [town.processed(known) / RUN for known in (year, year - 1)]
        prints = [fingerprint(run) if run.exists() else "" for run in runs]
        digest.update(f"{path}\n{prints}\n{town.raw(year - 1).is_dir()}\n".encode("utf-8", "surrogateescape"))
    digest.update(f"{found.root.name}\n{year}\n{list(absent)}\n".encode("utf-8", "surrogateescape"))
    digest.update(staleness.joint({**staleness.versions(), "code": code_fingerprint()}).encode())
    digest.update(staleness.fonts_fingerprint().encode())
    return digest.hexdigest()
