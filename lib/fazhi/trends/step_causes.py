"""Whether a step of a village lies in one type of it, or that of a type in one village: then the finding names both."""

from dataclasses import replace

import numpy as np

from fazhi.number_words import count
from fazhi.trends.change_tests import counts_changed
from fazhi.trends.finding import FIRM, Finding
from fazhi.trends.monthly_counts import Grid
from fazhi.trends.wording import Narrowed

MOST = 0.7  # of what is more (or less), in one part
REST_UNCHANGED = 0.05  # the chance above which the other parts are taken to be as they were


def narrowed_to(finding: Finding, at: int, parts: Grid, column: str, words: Narrowed) -> Finding:
    """The step `finding` from month `at` on, naming the part of it that makes it, if one does: `parts` are its rows by `column`."""
    before, after = parts.counts[:, :at].sum(axis=1), parts.counts[:, at:].sum(axis=1)
    exposure = float(parts.days[at:].sum() / parts.days[:at].sum())
    more = after - before * exposure
    whole = float(more.sum())
    if not len(more) or not whole:
        return finding
    lead = int(np.argmax(more * np.sign(whole)))
    rest = counts_changed(float(before.sum() - before[lead]), float(after.sum() - after[lead]), exposure)
    own = counts_changed(float(before[lead]), float(after[lead]), exposure)
    if more[lead] / whole < MOST or rest.p_value < REST_UNCHANGED or own.p_value > FIRM or len(more) < 2:
        return finding
    word, name = "增加" if whole > 0 else "减少", parts.groups[lead]
    told = f"{word}的约{count(abs(whole), words.counter)}中约{count(abs(float(more[lead])), words.counter)}是{name}。"
    sentence = (
        f"{finding.sentence}{told}" if abs(more[lead]) <= abs(whole) else f"{finding.sentence}{word}的都是{name}。"
    )
    named = replace(finding, sentence=sentence, wider=finding)
    return replace(named, category=name) if column == "category" else replace(named, village=name)
