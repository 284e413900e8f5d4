"""What is said of a claim: right, wrong (with what it should be), derived and right, doubtful, or unknown."""

from dataclasses import dataclass
from typing import Literal

from fazhi.checking.binding.claim import Claim

Verdict = Literal["right", "wrong", "derived", "doubtful", "unknown"]
VERDICTS: dict[Verdict, str] = {
    "right": "与台账一致", "wrong": "与台账不符", "derived": "推算一致", "doubtful": "请核对", "unknown": "台账中没有",
}  # fmt: skip


THE_WHOLE = "与全部的"  # how a part begins that is as large as its whole


@dataclass(frozen=True)
class Judgement:
    """A claim's verdict; `why` explains it in one sentence, `expected` is how the figure should read, `formula` how it was derived."""

    claim: Claim
    verdict: Verdict
    why: str
    expected: str = ""
    formula: str = ""
    indicator: str = ""
