"""The gate for an office's own Word template: what is broken, acts by itself or reaches outside is refused in one sentence."""

import re
from pathlib import Path, PurePosixPath

from lxml import etree

from fazhi.documents.placeholders import BODY, PLACES, found_in, is_place
from fazhi.errors import SpecError
from fazhi.intake.limits import MEBIBYTE, Limits
from fazhi.intake.model import Refused
from fazhi.intake.xlsx.package import Package

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_LIMITS = Limits(
    file_bytes=20 * MEBIBYTE, unpacked_bytes=100 * MEBIBYTE, parts=2_000
)  # a red head and a seal need 1 MB
_OLD = b"\xd0\xcf\x11\xe0"
_ACTS = re.compile(r"vbaproject|vbadata|activex|embeddings/|oleobject|/control|attachedtoolbars", re.I)
_FIELDS = re.compile(r"\b(?:DDE|DDEAUTO|INCLUDETEXT|INCLUDEPICTURE|IMPORT|LINK|DATABASE)\b", re.I)
_OUTSIDE = frozenset(
    {"hyperlink", "attachedtemplate"}
)  # a link is not followed; the template's own template is cut off
_RESAVE = "请在 Word 中打开，另存为 .docx 后再用"


def read_template(folder: Path, name: str) -> bytes:
    """The template `name` of `folder` (data/raw/templates), proved harmless.

    Raises
    ------
    SpecError
        It is not there, or is broken, too large, protected or of another kind; it holds macros, objects, or parts that lie
        elsewhere; or it does not say where the report's text goes.
    """
    label = f"unit.yml 的 word_template：{name}"
    place = PurePosixPath(name.replace("\\", "/"))
    if place.is_absolute() or ".." in place.parts or ":" in name:
        raise SpecError(f"{label} 应为 data/raw/templates 里的文件，只写文件名。")
    if place.suffix.lower() not in (".docx", ".dotx"):
        raise SpecError(f"{label} 不是 .docx 或 .dotx。带宏的（.docm、.dotm）不能用，{_RESAVE}。")
    path = folder / place
    if not path.is_file():
        raise SpecError(f"{label} 没有找到，应在 {path}。")
    try:
        if path.stat().st_size > _LIMITS.file_bytes:
            raise Refused(f"超过 {_LIMITS.file_bytes >> 20} MB")
        data = path.read_bytes()
        check_template(data)
    except Refused as refusal:
        why = re.sub("[；，]?请用 (?:Excel|Word).*", "", str(refusal)).rstrip("。")
        raise SpecError(f"{label} 不能用：{why}。") from None
    except OSError as error:
        raise SpecError(f"{label} 打不开（{error.strerror}）。") from None
    return data


def check_template(data: bytes) -> None:
    """Refuse a template that is broken, acts, reaches outside, or does not say where the text goes. Raises Refused."""
    if data.startswith(_OLD):
        raise Refused(f"是旧格式或设了密码的文档，{_RESAVE}")
    package = Package(data, _LIMITS)
    for name in package.names():
        if _ACTS.search(name):
            raise Refused(f"里面有宏、控件或嵌入的对象，{_RESAVE}")
        if name.endswith((".xml", ".rels")):
            root = _parsed(package, name)
            if name == "[content_types].xml":
                _check_types(root)
            elif name.endswith(".rels"):
                _check_relations(root)
            elif name.startswith("word/"):
                _check_part(root)
        else:
            package.read(name)  # its checksum is proved
    _check_body(package)


def _parsed(package: Package, name: str) -> etree._Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(package.read(name), parser)
    except (etree.XMLSyntaxError, ValueError):
        raise Refused(f"内部 XML 已损坏，{_RESAVE}") from None
    if root.getroottree().docinfo.doctype:
        raise Refused("内部含有文档类型声明（正常文档没有），可能有害")
    return root


def _check_types(root: etree._Element) -> None:
    if any("macroenabled" in value.lower() or "vbaproject" in value.lower() for one in root for value in one.values()):
        raise Refused(f"带宏，{_RESAVE}")


def _check_relations(root: etree._Element) -> None:
    for one in root:
        kind = one.get("Type", "").rpartition("/")[2].lower()
        if one.get("TargetMode", "").lower() == "external" and kind not in _OUTSIDE:
            raise Refused(f"里面有存在别处的图片或文件（{kind}），{_RESAVE}（图片嵌入文档）")
        if kind in ("afchunk", "subdocument", "oleobject", "package", "control"):
            raise Refused(f"里面有嵌入的文件，{_RESAVE}")


def _check_part(root: etree._Element) -> None:
    codes = "".join(one.text or f" {one.get(f'{W}instr', '')} " for one in root.iter(f"{W}instrText", f"{W}fldSimple"))
    if _FIELDS.search(codes):
        raise Refused("里面有从别处取内容的域，请在 Word 中取消链接（Ctrl+Shift+F9）后再用")
    if unknown := [name for name in found_in(root) if name not in PLACES]:
        raise Refused(f"不认识“{{{{{unknown[0]}}}}}”，能写的有：{'、'.join(PLACES)}")


def _check_body(package: Package) -> None:
    """The body is empty, or one paragraph of it says where the text goes."""
    if "word/document.xml" not in package:
        raise Refused(f"里面没有正文，文件不完整，{_RESAVE}")
    root = _parsed(package, "word/document.xml")
    body = root.find(f"{W}body")
    if root.tag != f"{W}document" or body is None:
        raise Refused(f"是别的格式（Strict Open XML？），{_RESAVE}")
    marks = found_in(root).count(BODY)
    if marks > 1 or marks != sum(is_place(one, BODY) for one in body.findall(f"{W}p")):
        raise Refused(f"{{{{{BODY}}}}} 应单独成一段，写一次，不在表格、文本框或页眉里")
    is_empty = not "".join(body.itertext()).strip() and not any(True for _ in body.iter("{*}drawing", "{*}pict"))
    if not marks and not is_empty:
        raise Refused(f"里面有文字，没有写报告放在哪里：请在红头下面单独写一段 {{{{{BODY}}}}}；只用版式的，请删去文字")
