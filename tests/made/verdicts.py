"""What the check says of the numbers of a text."""

from fazhi.checking.binding.known_figures import Ledgers
from fazhi.checking.claims import bind
from fazhi.checking.judging.judge import judge
from fazhi.checking.judging.judgement import Verdict


def verdicts(text: str, ledgers: Ledgers) -> list[Verdict]:
    """The verdict on each number of a text, in its order."""
    return [one.verdict for one in judge(bind(text, ledgers), ledgers)]
