"""What runs the notebooks of a year, with what they import loaded once; light to import, so that it can be started first."""

from fazhi.engine.runner import Runner

_FIRST = ("fazhi.views", "fazhi.intake.worker", "fazhi.specs:load_specs")
_LATER = ("fazhi.figures", "fazhi.narrative", "fazhi.report", "fazhi.appendix", "fazhi.publishing.docx",
          "fazhi.publication:prepare", "fazhi.figures:prepare")  # fmt: skip


def notebook_runner(jobs: int = 0) -> Runner:
    """`jobs` at a time, 0 for as many as there are cores."""
    return Runner(jobs=jobs, warm=_FIRST, later=_LATER)
