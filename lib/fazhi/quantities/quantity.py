"""One quantity of a text, and what the words around it make of it."""

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

Kind = Literal["actual", "norm_or_plan"]

BEFORE = r"不超过|(?<!不)超过|突破|高达|多达|不足|不到|接近|将近|大约|约为|(?<!不)超|(?<![最附邻临])近|逾|(?<![节合契条公签违履誓])约|上(?=[十百千万亿])|[数几](?=[十百千万])"
AFTER = r"余|多|来|(?<=十)几|\+"
LATER = "左右|上下|以上|以下|以内|(?<=倍)多|多(?=[,，。;；、)）]|$)"
SCALES = {"万": Decimal(10**4), "亿": Decimal(10**8)}
_FIRST = ("超", "近", "逾", "约", "突破", "多达", "高达")
_NORM = re.compile(
    r"(?:每(?:半)?(?:[一两二三四五六\d]+个?)?(?:季度?|年|月|周|天|日|人每年)(?=[^\d]*$)|计划|(?<![模虚草代审])拟(?![定订写制继保废修予])|力争|目标|不少于|不低于|不得少于|至少|原则上|确保(?!了)|预计|下一?年"
    r"|明年|将(?:在|组织|开展|举办|召开|完成|建)|(?<![重主需必])要(?:完成|达到|实现|组织|开展|举办|新[建增培]|把|再|搞|办|做到|下降|压降|降|提高|控制)|应当|必须|须(?!知)|需(?:完成|达到|开展))[^,，。;；、]*$"
)
_AHEAD = re.compile(  # said once, it holds up to the end of its sentence
    r"力争|争取(?![到了]|[^,，。;；]{0,8}(?:资金|项目|经费))|明年|下一?年|下一?步|(?<!原)打算|接下来|(?<!为)今后|新的一年|(?:我们|新年|今后)的?目标(?:是|为|就是)?[:：，,]|(?:计划|拟|打算|预计)(?:于|在|到|至)?20\d\d年"
    r"|(?<!截[至止])到20\d\d年[^。;；]*?(?:(?<![重主需必])要(?:达到|实现|完成|建)|将|应当|应达)"
)
_STANDARD = re.compile(  # 按人均2元标准, 在20个工作日法定期限内
    r"(?<=元)(?:/[^,，。;；]{1,4}|的)?标准|的?(?:法定|规定|承诺)的?(?:办理)?(?:期限|时限)|[为是的]?(?:达标|合格|及格|警戒)线"
)
_WINDOW = 200  # characters before a number that are looked at
_DONE = re.compile(r"(?:已|(?<![需要])完成|实际(?!情况|需要)|累计)[^,，。;；]*$")


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
    sentence = re.split(r"[。；;\n]", plain[max(0, match.start() - _WINDOW) : match.start()])[-1]
    clause = re.split("[,，、]", sentence)[-1]
    if match.groupdict().get("before") in ("不足", "不到"):
        return "actual"
    if _STANDARD.match(plain, match.end()):
        return "norm_or_plan"
    is_norm = (_NORM.search(clause) or _AHEAD.search(sentence)) and not _DONE.search(clause)
    return "norm_or_plan" if is_norm else "actual"
