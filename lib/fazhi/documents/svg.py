"""SVG that may stand inside a page: drawing and text only, nothing that runs, loads or styles what is outside it."""

import re

from lxml import etree

from fazhi.documents import fonts
from fazhi.errors import PublishError

_SVG = "http://www.w3.org/2000/svg"
_DRAWING = frozenset({
    "svg", "g", "path", "text", "tspan", "defs", "clipPath", "rect", "circle", "ellipse", "line", "polyline", "polygon",
    "use", "title", "desc", "linearGradient", "radialGradient", "stop", "pattern", "marker", "symbol", "mask", "image",
})  # fmt: skip
_DROPPED = frozenset(["metadata", "style"])
_SAFE_NAME = re.compile(r"[^A-Za-z0-9_-]")
_REFERENCE = re.compile(r"url\(\s*(['\"]?)#([^)'\"]+)\1\s*\)")
# What matplotlib says in its style sheet, which would reach the page around the drawing.
_ROOT_STYLE = {"stroke-linejoin": "round", "stroke-linecap": "butt"}


def clean_svg(svg: str, prefix: str) -> str:
    """The drawing without declarations, comments, style sheets and metadata, its ids made unique by `prefix`.

    Raises PublishError for anything else than drawing: scripts, event handlers, links, outside references.
    """
    prefix = _SAFE_NAME.sub("-", prefix) + "-"
    root = _parse(svg)
    for element in list(root.iter()):
        _clean_element(element, prefix)
    for key, value in _ROOT_STYLE.items():
        root.set(key, root.get(key) or value)
    etree.cleanup_namespaces(root)
    return etree.tostring(root, encoding="unicode", with_tail=False)


def to_png(svg: str, width_mm: float, dpi: int = 200) -> bytes:
    """The drawing as PNG, for Word; typst draws it with the same fonts as in the PDF, the same bytes every time."""
    import typst

    page = '#set page(width: auto, height: auto, margin: 0pt)\n#image(bytes(sys.inputs.svg), format: "svg", width: '
    source = f"{page}{width_mm:.2f}mm)".encode()
    picture = typst.compile(
        source, format="png", ppi=float(dpi), font_paths=fonts.catalogue(), sys_inputs={"svg": svg}, timestamp=0
    )
    return bytes(picture)


def _parse(svg: str) -> etree._Element:
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(svg.encode("utf-8"), parser)
    except (etree.XMLSyntaxError, UnicodeEncodeError) as error:
        raise PublishError(f"图不是完整的 SVG：{error}。请重新生成这幅图。") from None
    if root.tag != f"{{{_SVG}}}svg":
        raise PublishError("图不是 SVG。请重新生成这幅图。")
    return root


def _clean_element(element: etree._Element, prefix: str) -> None:
    if not isinstance(element.tag, str):
        raise PublishError("图中有 XML 实体，不能发布。请重新生成这幅图。")
    name = etree.QName(element)
    parent = element.getparent()
    if name.localname in _DROPPED and parent is not None:
        parent.remove(element)
    elif name.namespace == _SVG and name.localname in _DRAWING:
        _clean_attributes(element, prefix)
    elif not any(etree.QName(a).localname in _DROPPED for a in element.iterancestors()):
        raise PublishError(f"图中有“{name.localname}”，只能有图形和文字。请重新生成这幅图。")


def _clean_attributes(element: etree._Element, prefix: str) -> None:
    for key, value in element.attrib.items():
        name = etree.QName(key).localname
        if name == "id":
            element.set(key, _prefixed(value, prefix))
        elif name == "href":
            element.set(key, _local(value, prefix, etree.QName(element).localname))
        elif name.lower().startswith("on") or name == "base":
            raise PublishError(f"图中有属性“{name}”，不能发布。请重新生成这幅图。")
        elif "url(" in value.lower() or "@import" in value.lower():
            element.set(key, _inside(value, prefix))


def _local(value: str, prefix: str, tag: str) -> str:
    if value.startswith("#"):
        return "#" + _prefixed(value[1:], prefix)
    if tag == "image" and value.startswith("data:image/png;base64,"):
        return value
    raise PublishError("图中有指向外面的链接，不能发布。请重新生成这幅图。")


def _inside(value: str, prefix: str) -> str:
    result, found = _REFERENCE.subn(lambda match: f"url(#{_prefixed(match[2], prefix)})", value)
    if found != value.lower().count("url(") or "@import" in value.lower():
        raise PublishError("图中引用了外面的内容，不能发布。请重新生成这幅图。")
    return result


def _prefixed(name: str, prefix: str) -> str:
    return name if name.startswith(prefix) else prefix + name
