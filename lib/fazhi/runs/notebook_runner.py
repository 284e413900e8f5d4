"""What runs the notebooks of a year, with what they import loaded once; light to import, so that it can be started first."""

from fazhi.engine.runner import Runner

_FIRST = (
    "fazhi.steps.show",
    "fazhi.steps.clean",
    "fazhi.intake.worker",
    "fazhi.dictionary.loading:load_specs",
    "fazhi.dictionary.form:load_forms",
    "fazhi.town_year:prepare",
    "fazhi.privacy.words:package_words",
    "fazhi.privacy.words:common_words",
)
# In the order of the notebooks, what is large in parts: requests are heard in between.
_LATER = (
    "fazhi.steps.statistics",
    "fazhi.documents.charts",
    "fazhi.narrative.compose",
    "fazhi.narrative.template:prepare",
    "fazhi.steps.report",
    "xlsxwriter",
    "fazhi.steps.appendix",
    "fazhi.documents.docx",
    "fazhi.documents.publish:prepare",
    "scipy.special",
    "fazhi.steps.trends",
    "fazhi.steps.trend_menus",
    "openpyxl",
    "fazhi.steps.returned",
)
MEMORY_BYTES = 3 << 30  # of address space for one notebook: a ledger of 200,000 rows takes a third of it


def notebook_runner(jobs: int = 0) -> Runner:
    """A runner for the notebooks of a year; it starts no process before its `start`.

    Parameters
    ----------
    jobs
        Notebooks at a time, each in a process of its own; 0 for as many as there are cores.
    """
    return Runner(jobs=jobs, memory_bytes=MEMORY_BYTES, warm=_FIRST, later=_LATER)
