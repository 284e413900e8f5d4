"""What tells a name from ordinary words: characters of names, surnames, frequent words, and what this package prints itself."""

import re
from dataclasses import astuple
from functools import cache
from importlib import resources
from pathlib import Path

from fazhi.issues.catalogue import CATALOGUE

HAN = "\u3400-\u9fff\U00020000-\U000323af\ue000-\uf8ff〇·"  # rare names are written with private-use characters
_TOO_LONG = 5  # for a Chinese name
_DOUBLE = "欧阳上官司马诸葛皇甫尉迟公孙慕容令狐夏侯东方司徒司空端木独孤南宫长孙宇文闻人轩辕万俟澹台公冶宗政濮阳淳于单于太叔申屠仲孙钟离鲜于闾丘亓官司寇拓跋呼延赫连百里第五西门"
_DOUBLE_SURNAMES = frozenset(_DOUBLE[at : at + 2] for at in range(0, len(_DOUBLE), 2))
# The last character of words of three, of which no given name ends with: 施工队, 公安局, 法律明白人.
_WORD_ENDS = "局办所站队厂店房处室馆户署率夹员者人单组街镇县市省网款费证表号期级类型案度部委"
_PUBLIC_BODY = re.compile(
    "(?:.局|派出所|法院|法庭|检察院|政府|办事处|委会|委员会|大队|中队|支队|小学|中学|幼儿园|卫生院|党支部|党委|党总支|机关)$"
)
_DOTS = re.compile("[•‧・⋅∙᛫●\u0307ᐧ▪◦⸱]")
_POINT = re.compile(rf"[.丶](?<=[{HAN}][.丶])(?=[{HAN}])")  # a dot where a name goes on, else the end of a sentence
_SPACED_DOT = re.compile(rf"(?<=[{HAN}]) ?· ?(?=[{HAN}])")


def one_dot(text: str) -> str:
    """The text with the dots inside names (艾力•买买提江) written alike."""
    return _DOTS.sub("·", text)


def any_dot(text: str) -> str:
    """The same, also of points, which may as well end a sentence; as long as before."""
    return _POINT.sub("·", one_dot(text))


def closed_dots(text: str) -> str:
    """The same without spaces beside the dots."""
    return _SPACED_DOT.sub("·", any_dot(text))


def begins_with_surname(word: str) -> bool:
    """Whether a word can be a Chinese name of a family name and a given name."""
    return word[:1] in _surnames()


def is_word(value: str, printed: str) -> bool:
    """Whether a value that stands where a name belongs is a word and no name: frequent, composed of such, or `printed`.

    What may be a family's and a given name is one (高峰, 李和平); what is too long for that (农业服务中心) may be a word again.
    """
    if is_public_body(value) or _is_composed(value):
        return True
    may_be_a_name = begins_with_surname(value) and (len(value) < _TOO_LONG or value[:2] in _DOUBLE_SURNAMES)
    return not may_be_a_name and (value in common_words() or value in package_words() or value in printed)


def is_public_body(value: str) -> bool:
    """Whether it is an authority, a school, a hospital: nobody's name, though parties to disputes are called so."""
    return _PUBLIC_BODY.search(value) is not None


def _is_composed(value: str) -> bool:
    """Whether it is made of frequent words as no name is: 综合治理, 党委会, 第一期."""
    words = common_words()
    if len(value) == 3:
        ends_as_words_do = value[2] in _WORD_ENDS if begins_with_surname(value) else True
        return (value[:2] in words and ends_as_words_do) or (value[1:] in words and not begins_with_surname(value))
    return len(value) == 4 and value[:2] not in _DOUBLE_SURNAMES and value[:2] in words and value[2:] in words


@cache
def _surnames() -> frozenset[str]:
    """The single ones of 百家姓 and those frequent today, and the first characters of names of other peoples."""
    return frozenset(resources.files("fazhi.privacy").joinpath("surnames.txt").read_text(encoding="utf-8")) - {"\n"}


@cache
def title_words() -> frozenset[str]:
    """What is said of somebody before or behind the name: offices, parts played in a case, relations."""
    return frozenset(resources.files("fazhi.privacy").joinpath("titles.txt").read_text(encoding="utf-8").split())


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
