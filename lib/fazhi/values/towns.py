"""Whether a text names the town itself, another one, or nobody can tell."""

import re

from fazhi.values.normalise import bare, normalise

_BODY = re.compile(r"(?:人民政府|政府|街道办事处|办事处|党委|辖区|辖)$")
_DISTRICT = re.compile(r"^.*[省市区县州旗](?=.{2})")
_KIND = re.compile(r"(?:街道|镇|乡)$")
_SEVERAL = re.compile(r"[、,;/和及与]")
_OWN_WORDS = frozenset({"本镇", "本乡", "本街道", "我镇", "我乡", "本镇街", "本级"})


def is_town(text: str, town: str) -> bool | None:
    """Whether a text is the town's name: in full, without 镇, with 人民政府, after its district; None where it is not certain."""
    own, whole = bare(town), bare(text)
    stem, plain = _KIND.sub("", own), _BODY.sub("", whole)
    if whole in _OWN_WORDS or {whole, plain, *(_DISTRICT.sub("", form) for form in (whole, plain))} & {own, stem}:
        return True
    if own in whole or (stem in whole and (_SEVERAL.search(normalise(text)) or not _KIND.search(plain))):
        return None
    return False


def names_a_town(text: str) -> bool:
    """Whether a text is a town's or a street's name, so that it may stand in a message."""
    return bool(re.fullmatch(r".{1,10}(?:镇|乡|街道|街道办事处|园区|开发区|新区)", bare(text)))
