"""Names of WordprocessingML elements and attributes, in its transitional and strict namespaces."""

from lxml import etree

NAMESPACES = (
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
)
# What old readers get in place of a drawing: the same words once more.
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_OFF = ("0", "false", "off")


def name_of(element: etree._Element) -> str:
    """The element's own name where it is Word's, the whole name of any other, and '' of a comment or instruction."""
    tag = element.tag
    if not isinstance(tag, str):
        return ""
    space, _, local = tag[1:].rpartition("}")
    return local if space in NAMESPACES else tag


def value_of(element: etree._Element | None, name: str = "val") -> str:
    """An attribute of Word's; '' where there is no such element or attribute."""
    if element is None:
        return ""
    return next(
        (element.get(f"{{{space}}}{name}") for space in NAMESPACES if f"{{{space}}}{name}" in element.attrib), ""
    )


def number_of(element: etree._Element | None, name: str = "val", default: int = 0) -> int:
    """A whole number not below nought in an attribute of Word's."""
    text = value_of(element, name)
    return int(text) if text.isascii() and text.isdigit() else default


def child(element: etree._Element | None, *path: str) -> etree._Element | None:
    """The first child of these names, one below the other."""
    for name in path:
        element = None if element is None else next((one for one in element if name_of(one) == name), None)
    return element


def is_on(element: etree._Element | None) -> bool | None:
    """What a property that is on or off says; None where it is not there."""
    return None if element is None else value_of(element).lower() not in _OFF
