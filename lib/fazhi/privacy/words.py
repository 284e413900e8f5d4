"""What tells a name from ordinary words: characters of names, surnames, frequent words, and what this package prints itself."""

import re
from dataclasses import astuple
from functools import cache
from importlib import resources
from pathlib import Path

from fazhi.issues.catalogue import CATALOGUE

HAN = "\u3400-\u9fff\U00020000-\U000323af\ue000-\uf8ff〇·"  # rare names are written with private-use characters
_DOTS = str.maketrans(dict.fromkeys("•‧・⋅∙᛫●", "·"))


def one_dot(text: str) -> str:
    """The text with the dots inside names (艾力•买买提江) written alike."""
    return text.translate(_DOTS)


def begins_with_surname(word: str) -> bool:
    """Whether a word can be a Chinese name of a family name and a given name."""
    return word[:1] in _surnames()


def is_word(value: str, printed: str) -> bool:
    """Whether a value that stands where a name belongs is a word and no name: frequent or `printed`, and of no family's name."""
    return not begins_with_surname(value) and (value in common_words() or value in package_words() or value in printed)


@cache
def _surnames() -> frozenset[str]:
    """The single ones of 百家姓 and those frequent today, and the first characters of names of other peoples."""
    return frozenset(resources.files("fazhi.privacy").joinpath("surnames.txt").read_text(encoding="utf-8")) - {"\n"}


@cache
def common_words() -> frozenset[str]:
    """Frequent Chinese words of two characters, from the dictionary of jieba 0.42.1 (MIT)."""
    text = resources.files("fazhi.privacy").joinpath("common_words.txt").read_text(encoding="utf-8")
    lines = text.split()
    return frozenset(line[at : at + 2] for line in lines for at in range(0, len(line), 2))


@cache
def package_words() -> str:
    """All that the package prints of its own data: dictionary, templates, the catalogue of issues, and `printed_phrases.txt`.

    The last are phrases of the code in which a name could be found (方正 in 方正小标宋); its sources are not read.
    """
    root = Path(str(resources.files("fazhi")))
    data = [path for path in root.rglob("*") if path.suffix in {".yml", ".md", ".html", ".typ"}]
    printed = root / "privacy" / "printed_phrases.txt"
    texts = [path.read_text(encoding="utf-8") for path in (*sorted(data), printed)]
    messages = [text for kind in CATALOGUE.values() for text in astuple(kind)]
    return "|".join(re.sub(r"[^\S\n]+", "", text) for text in (*texts, *messages)).replace("\n", "|").casefold()
