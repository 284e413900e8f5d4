"""One year of a run: what its steps are, what the last run left of them, and whether one of them is due."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from fazhi.privacy.register import digests
from fazhi.recognition.raw_folder import raw_files
from fazhi.recognition.shown_names import ShownNames, shown_names
from fazhi.recognition.survey import Survey
from fazhi.recognition.surveyor import Surveyor
from fazhi.runs import staleness
from fazhi.runs.plan import later_steps, survey_step
from fazhi.runs.staleness import Step
from fazhi.steps.survey import survey_year
from fazhi.town_year import TownYear
from fazhi.workspace.files import remove
from fazhi.workspace.run_record import NO_RUN, RunRecord, read_run


@dataclass
class YearPlan:
    """One year of a run: its steps, the record of the last run, why it was surveyed just now and what was found, and whether
    it hides more now.
    """

    town: TownYear
    record: RunRecord
    around: dict[str, str]
    steps: list[Step]
    surveyed: list[str]
    found: Survey | None
    hides_more: bool

    def is_stale(self, step: Step) -> bool:
        """Whether a step has to run as things stand now."""
        folder = self.town.processed
        return bool(staleness.changes(step, self.record) or staleness.modified_outputs(step, self.record, folder))

    def clear(self, step: Step) -> None:
        """Take away what an earlier run left of a step: nothing of it is taken for this one's."""
        for name in staleness.written_by(step, self.record.files):
            remove(self.town.processed / name)

    def more_files(self, step: Step) -> Sequence[str]:
        """What a step wrote besides its outputs."""
        return self.record.files.get(step.name, [])


def why_survey(first: Step, record: RunRecord, town: TownYear) -> list[str]:
    """Why the year's files must be read to see which ledgers they hold; empty where what was seen holds."""
    return staleness.changes(first, record) or staleness.modified_outputs(first, record, town.processed)


def reason_shown(reason: str, names: ShownNames) -> str:
    """A reason with the name that its file is shown by: a file may be named for somebody."""
    file, space, what = reason.rpartition(" ")
    return f"{names.path(file)}{space}{what}" if file else reason


def plan_year(town: TownYear, warm_up: Callable[[], object], surveyor: Surveyor, force: bool) -> YearPlan:
    """Plan a year of a run: its steps and the record of the last run.

    Parameters
    ----------
    warm_up
        Called where raw files have changed, before they are surveyed; may go on in the background.
    surveyor
        Reads them.
    force
        Take the year as one that was never run.
    """
    around = staleness.surroundings(town.workspace, town.year)
    record = NO_RUN if force else read_run(town.processed)
    first = survey_step(town)
    before = digests(town.workspace, town.year)
    found = None
    if reasons := why_survey(first, record, town):
        warm_up()  # goes on while the files are read
        shown = shown_names(town.workspace, town.year)
        found = survey_year(town, surveyor)
        now = shown_names(town.workspace, town.year)
        paths = [
            path.relative_to(town.workspace.raw(town.year)).as_posix() for path in raw_files(town.workspace, town.year)
        ]
        renamed = {shown.path(path): now.path(path) for path in paths}
        reasons = [reason_shown(reason, now) for reason in reasons]
        first = replace(first, inputs={renamed.get(name, name): print_ for name, print_ in first.inputs.items()})
    hides_more = not digests(town.workspace, town.year) <= before
    return YearPlan(town, record, around, [first, *later_steps(town, first)], reasons, found, hides_more)
