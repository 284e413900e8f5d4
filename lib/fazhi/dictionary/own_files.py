"""The files of a town's own dictionary (`data/raw/dictionary/`), which are laid over those of the package."""

from pathlib import Path

from rapidfuzz import process

from fazhi.errors import SpecError

PLACE = "data/raw/dictionary"
LEDGERS = "ledgers/"
NAMES = ("indicators.yml", "tables.yml", "charts.yml", "plan_results.yml")

Texts = tuple[tuple[str, str], ...]  # name below the folder, text; by name


def read_own(folder: Path) -> Texts:
    """The texts of the town's dictionary, none where there is no such folder.

    Raises `SpecError` for a YAML file that is none of the dictionary's, which would otherwise be passed over.
    """
    paths = sorted(path for path in folder.rglob("*") if path.suffix.lower() in (".yml", ".yaml") and path.is_file())
    return tuple(
        (_name(path.relative_to(folder).as_posix()), _text(path)) for path in paths if path.name[0] not in ".~"
    )


def _name(name: str) -> str:
    folder, _, file = name.rpartition("/")
    if name in NAMES or (folder == "ledgers" and file.endswith(".yml")):
        return name
    known = [*NAMES, f"{LEDGERS}{Path(name).stem}.yml"]
    near = process.extractOne(name, known)[0]
    raise SpecError(f"{PLACE}/{name} 不是认识的文件，最接近的是“{near}”。请改名，或移出这个文件夹。")


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise SpecError(f"{PLACE} 的 {path.name} 不是 UTF-8 文本，请另存为 UTF-8 编码。") from None
