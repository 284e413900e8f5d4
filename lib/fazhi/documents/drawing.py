"""A drawing as SVG: marks and words at places worked out beforehand, so that nothing has to be drawn to be laid out.

Lengths are points from the upper left corner. A colour is named by what it says and written twice: as it is printed, and as a
class, by which a page on a dark screen gives it another.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from xml.sax.saxutils import escape

from fazhi.documents import fonts
from fazhi.documents.arrange import width_em
from fazhi.documents.printable import plain

WIDTH_MM = 150.0
MM = 72 / 25.4  # points
MIDDLE = 0.36  # of the size: from a text's baseline up to its middle
NORMAL, SMALL, TINY = 9.5, 8.5, 7.5  # sizes of type
# For colour-blind readers (Okabe and Ito 2008). `past` and `older`: years before; `now`: the year reported.
COLOURS = {
    "ink": "#1b1f24", "soft": "#4a525c", "grid": "#d9dde2", "paper": "#ffffff", "now": "#0072b2", "past": "#9aa3ad",
    "older": "#ccd2d8", "other": "#c75b00", "alert": "#b5364b",
}  # fmt: skip


@dataclass(frozen=True)
class Box:
    """Where words stand."""

    words: str
    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True)
class Picture:
    """A finished drawing."""

    svg: str
    width_mm: float
    height_mm: float
    boxes: tuple[Box, ...]

    @property
    def words(self) -> list[str]:
        """What is written in it, in the order of drawing."""
        return [box.words for box in self.boxes]


@dataclass
class Canvas:
    """A drawing in the making, `height` by `width` points."""

    height: float
    width: float = WIDTH_MM * MM
    _marks: list[str] = field(default_factory=list)
    _boxes: list[Box] = field(default_factory=list)

    def rectangle(
        self, left: float, top: float, width: float, height: float, colour: str, *, opacity: float = 1
    ) -> None:
        """A filled rectangle."""
        place = f'x="{_n(left)}" y="{_n(top)}" width="{_n(width)}" height="{_n(height)}"'
        self._marks.append(f"<rect {place} {_paint(colour, opacity=opacity)}/>")

    def frame(
        self, left: float, top: float, width: float, height: float, colour: str, *, stroke_width: float = 1.3
    ) -> None:
        """An empty rectangle."""
        place = f'x="{_n(left)}" y="{_n(top)}" width="{_n(width)}" height="{_n(height)}"'
        self._marks.append(f"<rect {place} {_paint(stroke=colour, width=stroke_width)}/>")

    def area(self, points: Sequence[tuple[float, float]], colour: str, *, opacity: float = 1) -> None:
        """A filled shape."""
        self._marks.append(f'<polygon points="{_points(points)}" {_paint(colour, opacity=opacity)}/>')

    def line(
        self, points: Sequence[tuple[float, float]], colour: str, *, stroke_width: float = 0.6, dashes: str = ""
    ) -> None:
        """A line through points; `dashes`: lengths of strokes and gaps."""
        dashed = f' stroke-dasharray="{dashes}"' if dashes else ""
        self._marks.append(
            f'<polyline points="{_points(points)}" {_paint(stroke=colour, width=stroke_width)}{dashed}/>'
        )

    def dot(self, x: float, y: float, radius: float, colour: str) -> None:
        """A filled circle."""
        self._marks.append(f'<circle cx="{_n(x)}" cy="{_n(y)}" r="{_n(radius)}" {_paint(colour)}/>')

    def text(
        self, x: float, y: float, words: str, *, size: float = NORMAL, colour: str = "ink", anchor: str = "start",
        halo: bool = False,
    ) -> None:  # fmt: skip
        """Words, their middle line at `y`, before, around or after `x` as `anchor` says; `halo` keeps lines off them."""
        words = plain(words)
        if not words:
            return
        wide = width_em(words) * size
        left = x - {"start": 0.0, "middle": wide / 2, "end": wide}[anchor]
        self._boxes.append(Box(words, left, y - size / 2, left + wide, y + size / 2))
        place = f'x="{_n(x)}" y="{_n(y + MIDDLE * size)}" font-size="{_n(size)}" text-anchor="{anchor}"'
        paint = _paint(colour, "paper", 2.4) + ' paint-order="stroke"' if halo else _paint(colour)
        self._marks.append(f"<text {place} {paint}>{escape(words)}</text>")

    def lines(self, x: float, y: float, lines: Sequence[str], *, size: float, anchor: str, pitch: float) -> None:
        """Lines of words one below the other, their middle at `y`."""
        for place, line in enumerate(lines):
            self.text(x, y + (place - (len(lines) - 1) / 2) * pitch, line, size=size, anchor=anchor)

    def picture(self) -> Picture:
        """The finished drawing."""
        families = ", ".join(f"'{family}'" for family in fonts.resolve({}).chain("heading"))
        size = (
            f'width="{_n(self.width)}pt" height="{_n(self.height)}pt" viewBox="0 0 {_n(self.width)} {_n(self.height)}"'
        )
        ground = f'<rect width="{_n(self.width)}" height="{_n(self.height)}" {_paint("paper")}/>'
        svg = "\n".join((
            f'<svg xmlns="http://www.w3.org/2000/svg" {size} font-family="{families}, sans-serif">',
            ground, *self._marks, "</svg>",
        ))  # fmt: skip
        return Picture(svg, self.width / MM, self.height / MM, tuple(self._boxes))


def text_width(words: str, size: float) -> float:
    """How wide words are set."""
    return width_em(words) * size


def _paint(fill: str = "", stroke: str = "", width: float = 0, opacity: float = 1) -> str:
    """The attributes of a mark's colours, and the classes by which a page finds them."""
    classes = [*([f"f-{fill}"] if fill else []), *([f"s-{stroke}"] if stroke else [])]
    filled = f' fill="{COLOURS[fill]}"' if fill else ' fill="none"'
    faint = f' fill-opacity="{_n(opacity)}"' if opacity < 1 else ""
    drawn = f' stroke="{COLOURS[stroke]}" stroke-width="{_n(width)}"' if stroke else ""
    return f'class="{" ".join(classes)}"{filled}{faint}{drawn}'


def _points(points: Sequence[tuple[float, float]]) -> str:
    return " ".join(f"{_n(x)},{_n(y)}" for x, y in points)


def _n(value: float) -> str:
    """Hundredths of a point are enough."""
    return f"{value:.2f}".rstrip("0").rstrip(".") if value else "0"
