"""The site of these pages: `make docs`. Sphinx with MyST and the theme Furo; nothing is fetched, by it or by a reader's browser."""

import re
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from docs.chinese_search import PairedCharacters
from docutils import nodes

from fazhi import __version__

project = "fazhi 法治"
author = "fazhi"
version = release = __version__
language = "zh_CN"
extensions = ["myst_parser"]
exclude_patterns = ["pages", "site"]
myst_enable_extensions = ["colon_fence", "deflist"]
myst_heading_anchors = 3

html_static_path = ["static"]
html_css_files = ["wide.css"]
html_theme = "furo"
html_title = "fazhi 法治"
html_show_sphinx = html_show_copyright = html_copy_source = False
html_theme_options = {
    "light_css_variables": {
        "font-stack": '-apple-system, "Segoe UI", "Microsoft YaHei", "PingFang SC", "Noto Sans CJK SC", sans-serif',
        "font-stack--monospace": 'Consolas, Menlo, "Noto Sans Mono CJK SC", monospace',
    }
}


_WIDE = re.compile(r"[\u3000-\u9fff\uff00-\uffef]")


def join_lines(app, doctree):
    """A line end within Chinese text is no space."""
    for text in [node for node in doctree.findall(nodes.Text) if node == "\n"]:
        place = text.parent.index(text)
        before, after = (
            part.astext() for part in (*text.parent[place - 1 : place], *text.parent[place + 1 : place + 2])
        )
        if _WIDE.match(before[-1:]) and _WIDE.match(after[:1]):
            text.parent.replace(text, nodes.Text(""))


def setup(app):
    """Search by pairs of characters; no spaces where lines end."""
    app.add_search_language(PairedCharacters)
    app.connect("doctree-read", join_lines)
