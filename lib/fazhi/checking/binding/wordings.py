"""Words and measure words that say the same in drafts, as `dictionary/wordings.yml` lists them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path

from fazhi.dictionary.yaml_reading import read_yaml


@dataclass(frozen=True)
class Wordings:
    """Which words and which measure words say the same, and which words say nothing of what is counted."""

    same: Mapping[str, str]
    synonyms: Mapping[str, tuple[str, ...]]  # word -> all that say the same, itself among them
    families: Mapping[str, int]
    further: Mapping[str, frozenset[str]]  # word of an indicator's label -> measure words that it takes besides
    filler: re.Pattern[str]
    things: tuple[str, ...]  # that are counted: where two stand together, it is not certain which one is
    alone: frozenset[str]  # that say as a title in a table what is counted
    values: Mapping[str, tuple[str, ...]]  # value of a closed list -> words by which drafts speak of it besides
    counted: re.Pattern[str]  # what stands right behind a number that counts it, and nothing else
    bodies: re.Pattern[str]  # who does the work, at the end of what stands before a number that counts them

    def plain(self, text: str) -> str:
        """`text` with one word for all that say the same, longest first."""
        for word in sorted(self.same, key=len, reverse=True):
            text = text.replace(word, self.same[word])
        return text

    def alike(self, one: str, other: str) -> bool:
        """Whether two measure words count the same things; words of no family are alike only when equal."""
        return one == other or (one in self.families and self.families.get(other) == self.families[one])

    def may_count(self, measure: str, unit: str, label: str) -> bool:
        """Whether a measure word fits an indicator: its unit's family, or one that a word of its label takes."""
        return self.alike(measure, unit) or any(
            word in label and measure in taken for word, taken in self.further.items()
        )

    def is_of_others(self, title: str) -> bool:
        """Whether a title ends with what counts itself: 调解员 is no number of 调解."""
        return any(match.end() == len(title) for match in self.counted.finditer(title))


@cache
def wordings() -> Wordings:
    """The wordings that come with the package."""
    content = read_yaml(Path(str(resources.files("fazhi.dictionary") / "wordings.yml")), "wordings.yml")
    same = {word: group[0] for group in content["same"] for word in group[1:]}
    synonyms = {word: tuple(group) for group in content["same"] for word in group}
    families: dict[str, int] = {}
    for number, group in enumerate(content["measures"]):
        for word in group:
            families.setdefault(word, number)
    further = {word: frozenset(taken) for word, taken in content["further_measures"].items()}
    words = sorted(content["filler"], key=len, reverse=True)
    return Wordings(
        same,
        synonyms,
        families,
        further,
        re.compile("|".join([*map(re.escape, words), r"\d+年度?"])),
        tuple(content["things"]),
        frozenset(content["alone"]),
        {value: tuple(also) for value, also in content["values"].items()},
        re.compile("|".join(content["counted"])),
        re.compile(f"(?:{'|'.join(content['bodies'])})(?:总数|共|有|达|为|约)*$"),
    )
