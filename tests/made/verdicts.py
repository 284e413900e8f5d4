"""What the check says of the numbers of a text."""

from fazhi.checking.claims import bind
from fazhi.checking.judge import Verdict, judge
from fazhi.checking.known_figures import Ledgers


def verdicts(text: str, ledgers: Ledgers) -> list[Verdict]:
    """The verdict on each number of a text, in its order."""
    return [one.verdict for one in judge(bind(text, ledgers), ledgers)]
