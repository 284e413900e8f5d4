"""Fonts by role: the unit's own where installed, else Fandol, else the Noto fonts that come with the package.

Nothing is substituted silently: `Faces.families` says what is used, `Faces.require` refuses text without a glyph.
"""

import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fazhi.errors import PublishError

if TYPE_CHECKING:
    import typst

ROLES = ("title", "heading", "subheading", "body", "latin", "page_number")
SERIF, SANS = "Noto Serif SC", "Noto Sans SC"
_DEFAULTS = {
    "title": ("FandolSong", SERIF),
    "heading": ("FandolHei", SANS),
    "subheading": ("FandolKai", SERIF),
    "body": ("FandolFang R", "FandolFang", SERIF),
    "page_number": ("FandolSong", SERIF),
}
# Chinese names that offices write in unit.yml -> the family name inside the font file, as typst lists it.
_ALIASES = {
    "仿宋": "FangSong", "仿宋_gb2312": "FangSong_GB2312", "楷体": "KaiTi", "楷体_gb2312": "KaiTi_GB2312",
    "黑体": "SimHei", "宋体": "SimSun", "方正小标宋_gbk": "FZXiaoBiaoSong-B05", "方正小标宋简体": "FZXiaoBiaoSong-B05S",
}  # fmt: skip
# TeX keeps Fandol where no font list looks; a missing folder is passed over.
_TEX_FOLDERS = (
    "/usr/share/texlive/texmf-dist/fonts/opentype/public/fandol",
    "/usr/share/texmf/fonts/opentype/public/fandol",
    "/Library/TeX/Root/texmf-dist/fonts/opentype/public/fandol",
)

OWN = Path(__file__).parent / "typefaces"  # Noto Serif SC and Noto Sans SC, with their licence

# Where systems keep fonts.
_FOLDERS = (
    "/usr/share/fonts", "/usr/local/share/fonts", "~/.fonts", "~/.local/share/fonts", "/Library/Fonts", "~/Library/Fonts",
    "/System/Library/Fonts", "$WINDIR/Fonts", "$LOCALAPPDATA/Microsoft/Windows/Fonts", *_TEX_FOLDERS,
)  # fmt: skip


def font_files() -> list[str]:
    """The names of all font files of the system and of the package, in order; when they change, documents may look different."""
    folders = (OWN, *(Path(os.path.expandvars(folder)).expanduser() for folder in _FOLDERS))
    return sorted(path.name for folder in folders if folder.is_dir() for path in folder.rglob("*.[ot]t[fc]"))


@dataclass(frozen=True)
class Faces:
    """The family of each role; `latin` is None where the Chinese font's own digits are used.

    `wanted` holds the names that were looked for, in order.
    """

    families: dict[str, str | None]
    wanted: dict[str, list[str]]

    @property
    def used(self) -> dict[str, str]:
        """Role -> family."""
        return {role: self.families[role] or self.families["body"] or SERIF for role in ROLES}

    @property
    def record(self) -> dict[str, dict[str, Any]]:
        """Role -> the family used and the names looked for, as it goes into run.json."""
        return {role: {"used": used, "looked_for": self.wanted[role]} for role, used in self.used.items()}

    def chain(self, role: str) -> list[str]:
        """The role's family, then every other family in use, then Noto: where a missing glyph is looked for."""
        rest = [family for key, family in self.families.items() if family and key != "latin"]
        return list(dict.fromkeys([self.families[role] or SERIF, *rest, SERIF, SANS]))

    def missing(self, text: str) -> list[str]:
        """Characters of `text` that no font in use can draw, each once, in order."""
        chain = self.chain("body")
        return [c for c in dict.fromkeys(text) if not (c.isspace() or any(has_glyph(family, c) for family in chain))]

    def require(self, text: str) -> None:
        """Raise PublishError naming the characters that cannot be drawn."""
        if missing := self.missing(text):
            named = "、".join(f"“{c}”（U+{ord(c):04X}）" for c in missing[:10])
            raise PublishError(
                f"所用字体里没有这些字：{named}。请安装含这些字的字体并写入 unit.yml 的 fonts，或改用其他写法。"
            )

    def is_light(self, role: str) -> bool:
        """Whether the role's family has no bold weight (a title then needs thicker strokes)."""
        return max((font.weight for font in _installed().get(self.families[role] or "", [])), default=400) < 600


def check_roles(wanted: Iterable[str]) -> None:
    """Raise PublishError for a role that a document does not have."""
    if unknown := sorted(set(wanted) - set(ROLES)):
        raise PublishError(f"unit.yml 的 fonts 里没有“{unknown[0]}”这一项，应为 {'、'.join(ROLES)} 之一。")


def resolve(wanted: dict[str, str]) -> Faces:
    """The installed family for each role, given the unit's own (role -> family name); unknown roles are an error."""
    check_roles(wanted)
    return _resolved(tuple(sorted(wanted.items())))


@cache
def _resolved(own_names: tuple[tuple[str, str], ...]) -> Faces:
    wanted = dict(own_names)
    names = {family.casefold(): family for family in _installed()}
    families: dict[str, str | None] = {}
    looked_for: dict[str, list[str]] = {}
    for role in ROLES:
        own = wanted.get(role, "")
        looked_for[role] = [name for name in (_ALIASES.get(own.casefold(), ""), own, *_DEFAULTS.get(role, ())) if name]
        families[role] = next((names[c.casefold()] for c in looked_for[role] if c.casefold() in names), None)
    return Faces(families, looked_for)


@cache
def catalogue() -> "typst.Fonts":
    """Every font typst can use here; searched once a process, as the search reads all font folders."""
    import typst

    folders = [str(OWN), *map(str, _TEX_FOLDERS)]
    return typst.Fonts(include_system_fonts=True, include_embedded_fonts=False, font_paths=folders)


def font_file(family: str) -> Path:
    """The regular face's file of an installed family."""
    faces = [font for font in _installed()[family] if font.style == "normal" and font.path]
    return Path(str(min(faces, key=lambda font: abs(font.weight - 400)).path))


@cache
def _installed() -> dict[str, list["typst.FontInfo"]]:
    found: dict[str, list[typst.FontInfo]] = {}
    for font in catalogue().fonts():
        found.setdefault(font.family, []).append(font)
    return found


def has_glyph(family: str, character: str) -> bool:
    """Whether the family's first face can draw the character."""
    return _glyph_of(family)(ord(character)) is not None


@cache
def _glyph_of(family: str) -> Callable[[int], int | str | None]:
    """Looks a code point up in the family's first face."""
    face = _installed()[family][0]
    try:
        import uharfbuzz as harfbuzz
    except ImportError:  # no wheel for this machine: all code points at once, a fifth of a second and 20 MB
        from fontTools.ttLib import TTFont

        with TTFont(face.path, fontNumber=face.index, lazy=True) as font:
            glyphs: dict[int, str] = font.getBestCmap()
        return glyphs.get
    blob = harfbuzz.Blob.from_file_path(face.path)
    look_up: Callable[[int], int | None] = harfbuzz.Font(harfbuzz.Face(blob, face.index)).get_nominal_glyph
    return look_up
