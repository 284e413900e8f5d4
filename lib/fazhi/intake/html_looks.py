"""What a browser shows of an element: its page's style sheet and own style, as far as they hide, strike or raise text."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from lxml import etree

from fazhi.intake.html_formats import format_of

_STRUCK_TAGS = ("s", "del", "strike")
_LEVELS = {"sup": 1, "sub": -1}
# rt and rp: the reading set above characters. The others hold no text of the page.
_UNSHOWN_TAGS = ("rt", "rp", "script", "style", "template", "noscript", "title", "datalist")
_LINE_THROUGH = re.compile(r"text-(?:line-through|decoration(?:-line)?)\s*:[^;]*line-through", re.IGNORECASE)
_HIDDEN = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|mso-hide\s*:\s*all|font-size\s*:\s*0(?![.\d]*[1-9])"
    r"|(?:left|top|text-indent)\s*:\s*-\d{3,}|clip\s*:\s*rect\(\s*[01](?:px)?\b|opacity\s*:\s*0(?![.\d]*[1-9])",
    re.IGNORECASE,
)
_DISPLAYED = re.compile(r"display\s*:\s*(?!none)[a-z]", re.IGNORECASE)
_RAISED = re.compile(r"vertical-align\s*:\s*(super|sub)\b", re.IGNORECASE)
_BACKGROUND = re.compile(r"background(?:-color)?\s*:\s*(#[0-9a-f]{3,6}|rgba?\([^)]*\)|[a-z]+)", re.IGNORECASE)
_NO_COLOUR = ("transparent", "none", "inherit", "initial", "unset", "url")
_NAMED = {
    "white": "FFFFFF", "gray": "808080", "grey": "808080", "silver": "C0C0C0", "lightgray": "D3D3D3", "lightgrey": "D3D3D3", "darkgray": "A9A9A9",
    "darkgrey": "A9A9A9", "gainsboro": "DCDCDC", "dimgray": "696969", "dimgrey": "696969",
}  # fmt: skip
_COMMENT = re.compile(r"/\*.*?\*/|<!--|-->", re.DOTALL)
_MEDIA = re.compile(r"@media(?P<what>[^{]*)\{(?P<rules>(?:[^{}]*\{[^{}]*\})*)[^{}]*\}", re.IGNORECASE)
_COMPOUND = re.compile(r"(?P<tag>[a-z][a-z0-9]*|\*)?(?P<rest>(?:[.#][\w-]+)*)", re.IGNORECASE)
# Classes that hide by the custom of style sheets kept elsewhere, which are not in the file.
_HIDING_CLASS = re.compile(r"(?:d-none|hidden|hide|is-hidden|invisible|sr-only|visually-hidden|sort-?key|x-hidden)")


class Look(NamedTuple):
    """`hidden`: not shown at all; `doubtful`: hidden perhaps, by a style that is not in the file; `code`: a number format;
    `fill`: the background (RRGGBB or its name, "" for none)."""

    hidden: bool = False
    struck: bool = False
    level: int = 0
    doubtful: bool = False
    code: str = ""
    fill: str = ""


class _Rule(NamedTuple):
    compounds: list[tuple[str, frozenset[str]]]  # tag or "", classes with their dot and ids with their hash
    look: Look


class StyleSheet:
    """The rules of a page's own style sheets. `unread`: hiding rules whose selectors are not understood."""

    def __init__(self, document: etree._Element) -> None:
        css = _COMMENT.sub(" ", " ".join("".join(style.itertext()) for style in document.iter("style")))
        css = _MEDIA.sub(lambda media: media["rules"] if _on_screen(media["what"]) else "", css)
        self.unread = 0
        self._rules: list[_Rule] = []
        self._known: set[str] = set()
        for selectors, style in re.findall(r"([^{}]+)\{([^{}]*)\}", css):
            for selector in selectors.split(","):
                self._add(selector.strip(), style)
        self._kept: dict[tuple[str, str, str], Look] = {}

    def _add(self, selector: str, style: str) -> None:
        self._known.update(re.findall(r"\.([\w-]+)", selector))
        look = _look_of(style)
        if look == Look():
            return
        matches = [_COMPOUND.fullmatch(part) for part in re.split(r"\s*>\s*|\s+", selector)]
        if not all(match and match[0] for match in matches):
            self.unread += look.hidden and not re.search(r":(?:hover|before|after|focus|active|empty)", selector)
            return
        compounds = [
            ((match["tag"] or "").lower().strip("*"), frozenset(re.findall(r"[.#][\w-]+", match["rest"])))
            for match in matches
            if match
        ]
        self._rules.append(_Rule(compounds, look))

    def look(self, element: etree._Element) -> Look:
        """How the element itself changes the look of what it holds."""
        attributes = element.attrib
        key = element.tag, attributes.get("class", ""), attributes.get("style", "")
        if key not in self._kept:
            self._kept[key] = self._by_itself(*key)
        look = self._kept[key]
        if "hidden" in attributes:
            look = look._replace(hidden=True)
        if not look.fill and "bgcolor" in attributes:
            look = look._replace(fill=_colour(attributes["bgcolor"]))
        for rule in self._rules:
            if (len(rule.compounds) > 1 or "id" in attributes) and _fits(element, rule.compounds):
                look = _both(look, rule.look)
        return look

    def _by_itself(self, tag: str, classes: str, style: str) -> Look:
        look = _both(_look_of(style), Look(tag in _UNSHOWN_TAGS, tag in _STRUCK_TAGS, _LEVELS.get(tag, 0)))
        names = classes.split()
        marks = frozenset("." + name for name in names)
        for compounds, change in self._rules:
            if len(compounds) == 1 and compounds[0][0] in ("", tag) and compounds[0][1] <= marks:
                look = _both(look, change)
        if _DISPLAYED.search(style):  # its own style goes before its class's
            look = look._replace(hidden=False)
        doubtful = any(_HIDING_CLASS.fullmatch(name.lower()) and name not in self._known for name in names)
        return look._replace(doubtful=doubtful and not look.hidden)


def _on_screen(what: str) -> bool:
    return not re.search("print|speech", what) or "screen" in what


def _look_of(style: str) -> Look:
    raised = _RAISED.search(style)
    level = 0 if raised is None else 1 if raised[1].lower() == "super" else -1
    background = _BACKGROUND.search(style)
    return Look(
        bool(_HIDDEN.search(style)),
        bool(_LINE_THROUGH.search(style)),
        level,
        code=format_of(style),
        fill=_colour(background[1]) if background else "",
    )


def _colour(written: str) -> str:
    """RRGGBB of `#ffff00`, `#ff0`, `rgb(255, 255, 0)` and of white and grey by name; other names as they are; "" for none."""
    name = written.strip().lower()
    digits = re.fullmatch("#?([0-9a-f]{6}|[0-9a-f]{3})", name)
    if digits:
        name = digits[1] if len(digits[1]) == 6 else "".join(2 * digit for digit in digits[1])
    elif tones := re.fullmatch(r"rgba?\((\d{1,3})[ ,]+(\d{1,3})[ ,]+(\d{1,3}).*\)", name):
        name = "".join(f"{min(int(tone), 255):02x}" for tone in tones.groups())
    return "" if name in _NO_COLOUR else _NAMED.get(name, name.upper())


def _both(one: Look, other: Look) -> Look:
    return Look(
        one.hidden or other.hidden,
        one.struck or other.struck,
        one.level or other.level,
        one.doubtful,
        one.code or other.code,
        one.fill or other.fill,
    )


def _fits(element: etree._Element, compounds: list[tuple[str, frozenset[str]]]) -> bool:
    """Whether the last compound is the element's and the others are ancestors' in their order."""
    *above, last = compounds
    if not _is(element, last):
        return False
    ancestors: Iterator[etree._Element] = element.iterancestors()
    return all(any(_is(ancestor, compound) for ancestor in ancestors) for compound in reversed(above))


def _is(element: etree._Element, compound: tuple[str, frozenset[str]]) -> bool:
    marks = {"." + name for name in element.get("class", "").split()} | {"#" + element.get("id", "")}
    return compound[0] in ("", element.tag) and compound[1] <= marks
