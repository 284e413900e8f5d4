"""The texts that a report is made from: the packaged template, the year's own `report.md`, the outline; and what is wrong
with them that can be seen before there are any figures."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

from jinja2 import nodes

from fazhi.dictionary.heads import HEADS
from fazhi.dictionary.models import Unit
from fazhi.dictionary.yaml_reading import nearest, read_yaml
from fazhi.errors import Faults, SpecError
from fazhi.narrative.template_names import unknown_names
from fazhi.narrative.template_syntax import find, parse
from fazhi.workspace.paths import Workspace

BASE = "report.md"
_BASE_LABEL = "模板 report.md"


@dataclass(frozen=True)
class Template:
    """The texts of one report: the packaged template, the year's own where there is one, and the outline."""

    sources: Mapping[str, str]  # by the name `extends` uses
    labels: Mapping[str, str]  # what messages call them
    main: str
    outline: Mapping[str, Any]
    own_blocks: frozenset[str]  # of the year's own text, that the packaged one does not have
    own_label: str

    @property
    def label(self) -> str:
        """What messages call the text that is rendered."""
        return self.labels[self.main]

    @classmethod
    def of(cls, year: int, own: str | None) -> "Template":
        """The template of `year`; `own` is the text of `data/raw/<year>/report.md`. Raises SpecError where it cannot be parsed."""
        folder = resources.files("fazhi.narrative") / "templates"
        sources, labels = {BASE: (folder / BASE).read_text(encoding="utf-8")}, {BASE: _BASE_LABEL}
        if own is not None:
            main = f"{year}/{BASE}"
            sources[main], labels[main] = own.removeprefix("\ufeff").replace("\r\n", "\n"), f"data/raw/{year}/{BASE}"
        main = next(reversed(sources))
        blocks = {name: blocks_of(parse(text, labels[name])) for name, text in sources.items()}
        return cls(sources, labels, main, outline(), frozenset(blocks[main] - blocks[BASE]), f"data/raw/{year}/{BASE}")

    @property
    def tree(self) -> nodes.Template:
        """The text that is rendered, parsed."""
        return parse(self.sources[self.main], self.label)


def prepare() -> None:
    """Parse the packaged template, for the processes that are forked from this one."""
    Template.of(0, None)


def own_text(workspace: Workspace, year: int) -> str | None:
    """The year's own `report.md`, or None. Raises SpecError where it is no UTF-8 text."""
    try:
        return workspace.report_template(year).read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        return None
    except UnicodeDecodeError:
        raise SpecError(f"data/raw/{year}/report.md 不是 UTF-8 文本，请另存为 UTF-8 编码。") from None


@cache
def outline() -> dict[str, Any]:
    """The parts of every report, the sections of its plan, and the norms (`outline.yml`)."""
    return read_yaml(Path(str(resources.files("fazhi.narrative") / "templates" / "outline.yml")), "outline.yml")


def blocks_of(tree: nodes.Template) -> set[str]:
    """The names of a template's blocks."""
    return {block.name for block in find(tree, nodes.Block)}


def check_template(template: Template, unit: Unit, known: Mapping[str, tuple[str, str]]) -> None:
    """Refuse a template with anything in it that can be known to be wrong without figures.

    Parameters
    ----------
    unit
        Its heads and parts must be blocks of the template.
    known
        Id → label and unit of what the template may name. Targets of plans (`plan:…`, `target:…`) are not looked at.

    Raises
    ------
    SpecError
        With every fault: file, line, what was found, and the nearest that exists.
    """
    faults = Faults()
    found = (
        *_bases(template),
        *heads_faults(unit, template.own_blocks, template.own_label),
        *_lost_blocks(template, unit),
    )
    for fault in found:
        faults.add(fault)
    for line, fault in unknown_names(template.tree, parse(template.sources[BASE], _BASE_LABEL), known):
        faults.add(f"{template.label} 第 {line} 行：{fault}。请改正后重新运行。")
    faults.raise_all()


def _bases(template: Template) -> Iterator[str]:
    """A template that is extended and is none."""
    for node in find(template.tree, nodes.Extends):
        name = node.template.value if isinstance(node.template, nodes.Const) else BASE
        if name not in template.sources:
            yield f'{template.label} 第 {node.lineno} 行：没有“{name}”这个模板，应写 {{% extends "{BASE}" %}}。请改正后重新运行。'


def heads_faults(unit: Unit, own_blocks: frozenset[str], own_label: str) -> Iterator[str]:
    """The blocks and parts that `unit.yml` names and that do not exist."""
    blocks, parts = [*HEADS, *sorted(own_blocks)], list(outline()["parts"])
    for block in unit.sections:
        if block not in blocks:
            yield (
                f"unit.yml 的 heads 中的“{block}”不是 report.md 的块，{like(block, blocks, '已有的是')}。"
                f"本地自有的一节，请在 {own_label} 中写同名的 block。"
            )
    for part in unit.parts:
        if part not in parts:
            yield f"unit.yml 的 parts 中没有“{part}”这一部分，{like(part, parts)}。"


def _lost_blocks(template: Template, unit: Unit) -> Iterator[str]:
    """A block that nothing calls, and text outside the blocks, would be dropped without a word."""
    if not any(isinstance(node, nodes.Extends) for node in template.tree.body):
        return
    known = blocks_of(parse(template.sources[BASE], _BASE_LABEL)) | set(unit.sections)
    for node in template.tree.body:
        place = f"{template.label} 第 {node.lineno} 行"
        if isinstance(node, nodes.Block) and node.name not in known:
            yield f"{place}：模板没有“{node.name}”这个块，{like(node.name, sorted(known))}。请改正后重新运行。"
        if isinstance(node, nodes.Output) and any(
            not isinstance(n, nodes.TemplateData) or n.data.strip() for n in node.nodes
        ):
            yield f"{place}附近有文字写在 block 之外，不会印出。请移进块里后重新运行。"


def like(word: str, known: list[str], otherwise: str = "可用的有：") -> str:
    """What could have been meant: the nearest, else all there are."""
    near = nearest(word, known, 1)
    return f"最接近的是“{near[0]}”" if near else f"{otherwise}{'、'.join(known)}"
