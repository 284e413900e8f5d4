"""How a run of text looks: struck through, hidden, set high or low, by its own properties and its styles'."""

from typing import NamedTuple

from lxml import etree

from fazhi.intake.docx.names import child, is_on, name_of, value_of

_TOGGLES = {"struck": ("strike", "dstrike"), "hidden": ("vanish",)}
_LEVELS = {"superscript": 1, "subscript": -1}
_LONGEST_CHAIN = 50


class Look(NamedTuple):
    """What of a run's look tells what is read."""

    struck: bool = False
    hidden: bool = False
    level: int = 0


class TextStyles:
    """The styles of a document; none where it has no such part."""

    def __init__(self, root: etree._Element | None) -> None:
        styles = [one for one in (root if root is not None else ()) if name_of(one) == "style"]
        self._styles = {value_of(style, "styleId"): style for style in styles}
        self._chains: dict[str, list[etree._Element]] = {}
        self._default = next(
            (
                value_of(style, "styleId")
                for style in styles
                if value_of(style, "type") == "paragraph" and value_of(style, "default") in ("1", "true", "on")
            ),
            "",
        )

    def look(self, run: etree._Element, paragraph: etree._Element | None, table: etree._Element | None) -> Look:
        """The run's look. Properties that are on or off cancel each other between kinds of styles (ECMA-376 17.7.3)."""
        own = child(run, "rPr")
        levels = [
            self._chain(value_of(child(own, "rStyle"))),
            self._chain(value_of(child(paragraph, "pPr", "pStyle")) or self._default),
            self._chain(value_of(child(table, "tblPr", "tblStyle"))),
        ]
        struck, hidden = (self._toggle(own, levels, names) for names in _TOGGLES.values())
        set_by = [own, *(properties for level in levels for properties in level)]
        level = next((text for properties in set_by if (text := value_of(child(properties, "vertAlign")))), "")
        return Look(struck, hidden, _LEVELS.get(level, 0))

    def _toggle(self, own: etree._Element | None, levels: list[list[etree._Element]], names: tuple[str, ...]) -> bool:
        if (said := _said([own], names)) is not None:
            return said
        return sum(bool(_said(level, names)) for level in levels) % 2 == 1

    def _chain(self, style: str) -> list[etree._Element]:
        """The run properties of a style and of those it is based on, the nearest first."""
        if style not in self._chains:
            self._chains[style] = self._made(style)
        return self._chains[style]

    def _made(self, style: str) -> list[etree._Element]:
        found: list[etree._Element] = []
        for _ in range(_LONGEST_CHAIN):
            element = self._styles.get(style)
            if element is None:
                break
            properties = child(element, "rPr")
            found += [] if properties is None else [properties]
            style = value_of(child(element, "basedOn"))
        return found


def _said(properties: list[etree._Element | None] | list[etree._Element], names: tuple[str, ...]) -> bool | None:
    """What the first of these properties says that says anything: on where any of the names is on."""
    for one in properties:
        stated = [said for name in names if (said := is_on(child(one, name))) is not None]
        if stated:
            return any(stated)
    return None
