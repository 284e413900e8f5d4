"""A town's own form, written as one file into `data/raw/forms`: how a kind of sheet is read from then on, wherever it lies."""

import re
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

from fazhi.dictionary.form import Form, form_of_content, read_forms
from fazhi.dictionary.models import Ledger
from fazhi.dictionary.yaml_reading import parse_yaml, read_yaml
from fazhi.errors import SpecError
from fazhi.workspace.files import write_text
from fazhi.workspace.paths import Workspace

_HEAD = "# 本镇的表样；由 fazhi accept 记录，也可以手工编辑。写法见 docs/reference/settings.md 的“表样”。\n"


def form_content(
    title: str,
    headings: Sequence[str],
    ledger: str,
    columns: Mapping[str, str],
    source: str = "",
    kept: Collection[str] = (),
    **more: Any,
) -> dict[str, Any]:
    """What a form's file says: all `headings` of the sheet, of which `columns` (heading → column) are read and the rest ignored.

    `ledger` is empty where the sheet is none; `kept` headings are not ignored, what they say of a row holds by itself; `more` are further keys of a form: `kind`, `values`, `where`, `record`, `count` …
    """
    content: dict[str, Any] = {"title": title, "source": source, **({"ledger": ledger} if ledger else {})}
    content |= {"headings": list(dict.fromkeys(headings)), "columns": dict(columns), **more}
    read = Form.model_construct(
        **{**content, "id": "", "count": more.get("count", {}), "sum": more.get("sum", {})}
    ).reads
    content["ignore"] = [one for one in content["headings"] if one not in read and one not in kept] if ledger else []
    return {key: value for key, value in content.items() if value not in ("", [], {}, ())}


def form_name(title: str) -> str:
    """A file name for a form, from its title."""
    return re.sub(r"[^\w]+", "_", title).strip("_")[:40] or "表样"


def record_form(
    workspace: Workspace, name: str, content: Mapping[str, Any], ledgers: Mapping[str, Ledger], *, replace: bool = False
) -> Path:
    """Write a form into the workspace, whole, and give its path; it holds from the next run on.

    Raises `SpecError`, and writes nothing, where the content names what does not exist, where another form of the town is known
    by the same headings, and where another form of this name stands and is not to be replaced.
    """
    path = workspace.forms_folder / f"{name}.yml"
    if path.exists() and _plain(read_yaml(path, f"forms/{path.name}")) == _plain(content):
        return path
    if path.exists() and not replace:
        raise SpecError(f"data/raw/forms/{path.name} 已有，没有改动。要改写的，请加 --replace，或手工编辑。")
    text = _HEAD + yaml.safe_dump(
        _plain(content), allow_unicode=True, sort_keys=False, width=110, default_flow_style=None
    )
    form = form_of_content(name, parse_yaml(text, f"forms/{path.name}"), ledgers)
    for other in read_forms(workspace.forms_folder, ledgers, of_town=True):
        if other.id != name and set(other.headings) == set(form.headings):
            raise SpecError(f"data/raw/forms/{other.id}.yml 已是这种表（列名相同），没有写入。请改那个文件。")
    return write_text(path, text)


def _plain(content: Any) -> Any:
    """The same in lists and mappings that YAML writes plainly."""
    if isinstance(content, Mapping):
        return {str(key): _plain(value) for key, value in content.items()}
    return [_plain(item) for item in content] if isinstance(content, list | tuple) else content
