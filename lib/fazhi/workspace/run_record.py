"""run.json: what the last run of a year was made from and what it wrote. The file is the dump of these values."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from fazhi.issues import OpenQuestions, QuestionGroup
from fazhi.workspace.files import read_json
from fazhi.workspace.results import RUN


@dataclass(frozen=True)
class RunRecord:
    """A year's last run; nothing in it where there was none.

    `made`: the scopes that it made whole. `around`: fingerprints of all that the results hang on, `steps` of what each step
    was made from, `outputs` of each file. `files`: what steps wrote besides the outputs that they always write.
    """

    year: int = 0
    town: str = ""
    complete: bool = False
    made: Sequence[str] = field(default_factory=list)
    open: OpenQuestions = field(default_factory=OpenQuestions)
    around: Mapping[str, str] = field(default_factory=dict)
    versions: Mapping[str, str] = field(default_factory=dict)
    fonts: Mapping[str, str] = field(default_factory=dict)
    files: Mapping[str, Sequence[str]] = field(default_factory=dict)
    steps: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    outputs: Mapping[str, str] = field(default_factory=dict)


NO_RUN = RunRecord()


def read_run(folder: Path) -> RunRecord:
    """The record in a year's folder; `NO_RUN` where there is none or it is not one of ours."""
    try:
        content = read_json(folder / RUN)
        questions = content["open"]
        groups = [QuestionGroup(**group) for group in questions.get("groups", [])]
        return _parsed(RunRecord, {**content, "open": _parsed(OpenQuestions, {**questions, "groups": groups})})
    except (FileNotFoundError, ValueError, KeyError, TypeError, AttributeError):
        return NO_RUN


def _parsed(kind: Any, content: Mapping[str, Any]) -> Any:
    """A value of the dataclass `kind`. Raises TypeError where a field is not of the type of its default."""
    known = {name: value for name, value in content.items() if name in kind.__dataclass_fields__}
    for name, default in vars(kind()).items():
        if not isinstance(known.get(name, default), type(default)):
            raise TypeError(name)
    return kind(**known)
