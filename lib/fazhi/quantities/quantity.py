"""One quantity of a text, and what the words around it make of it."""

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

Kind = Literal["actual", "norm_or_plan"]

BEFORE = r"超过|突破|高达|多达|不足|不到|接近|将近|大约|约为|超|(?<![最附邻临])近|逾|(?<![节合契条公签违履誓])约|上(?=[百千万])|[数几](?=[十百千万])"
AFTER = "余|多|来"
LATER = "左右|上下|以上|以下|以内"
_FIRST = ("超", "近", "逾", "约", "突破", "多达", "高达")
_NORM = re.compile(
    r"(?:每(?:半)?(?:[一两二三四五六\d]+个?)?(?:季度?|年|月|周|天|日|人每年)(?=[^\d]*$)|计划|拟(?!定)|力争|目标|不少于|不低于|不得少于|至少|确保|争取|预计|下一?年"
    r"|明年|将(?:在|组织|开展|举办|召开|完成|建)|(?<![重主需必])要(?:完成|达到|实现|组织|开展|举办|新[建增培]|把|再)|应当|必?须|需(?:完成|达到|开展))[^,，。;；、]*$"
    r"|(?:力争|争取|明年|下一?年|下一步|新的一年|(?:计划|拟|打算)(?:于|在|到)?20\d\d年)[^。;；]*$"
)
_DONE = re.compile(r"(?:已|(?<![需要])完成|实际|累计)[^,，。;；]*$")


@dataclass(frozen=True)
class Quantity:
    """One quantity of a text.

    `start` and `end` are places in the text, `value` is the number with its scale (2.95万 is 29500; 30% is 30), `high` the
    upper end of a range, `step` what one of its last written digit is worth, `approx` the words of doubt around it.
    """

    start: int
    end: int
    text: str
    value: Decimal
    measure: str
    step: Decimal
    approx: str = ""
    high: Decimal | None = None
    kind: Kind = "actual"

    @property
    def doubled_hedge(self) -> bool:
        """Whether it is doubted before and behind: 超3000余人次."""
        return self.approx.endswith(("余", "多")) and any(word in self.approx[:-1] for word in _FIRST)


def doubled_hedge(quantity: Quantity) -> str:
    """The doubt written twice as it stands (超3000余), empty where it is not."""
    return re.split("(?<=[余多])", quantity.text)[0] if quantity.doubled_hedge else ""


def approx(match: re.Match[str]) -> str:
    """The words of doubt that a match holds, in order."""
    groups = match.groupdict()
    return "".join(groups.get(name) or "" for name in ("before", "after", "after2", "later"))


def step(written: str) -> Decimal:
    """What one of the last digit written is worth: 0.01 of 2.95, 10000 of 3万, 1 of 125."""
    digits = written.replace(",", "")
    scale = Decimal(1)
    for char, worth in (("亿", 10**8), ("万", 10**4), ("千", 1000), ("百", 100)):
        if digits[:1].isdigit() and digits.endswith(char):
            digits, scale = digits[:-1], scale * worth
    if "." in digits:
        return scale * Decimal(1).scaleb(-len(digits.partition(".")[2]))
    return scale


def kind(plain: str, match: re.Match[str]) -> Kind:
    """Whether what is said before it makes a quantity a norm or a plan, not a result."""
    sentence = plain[max(0, match.start() - 40) : match.start()]
    clause = re.split(r"[。；;\n]", sentence)[-1]
    if match.groupdict().get("before") in ("不足", "不到"):
        return "actual"
    return "norm_or_plan" if _NORM.search(clause) and not _DONE.search(re.split("[,，]", clause)[-1]) else "actual"
