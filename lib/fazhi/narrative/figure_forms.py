"""The forms in which a template may write a figure: `{{ "drills.participants" | floor }}`."""

from fazhi import number_words
from fazhi.errors import SpecError

FORMS = {
    "count": number_words.count,
    "floor": number_words.floor,
    "over": number_words.over,
    "near": number_words.near,
    "wan": number_words.wan,
}


def check_form(form: str, label: str, unit: str) -> None:
    """Raise SpecError for a form that does not exist, or does not go with the unit of the indicator called `label`."""
    if form and form not in FORMS:
        raise SpecError(f"没有“{form}”这种写法，可用的有：{'、'.join(FORMS)}、change")
    if form and unit in ("%", "元"):
        raise SpecError(f"“{label}”的单位是{unit}，不能用“{form}”，请去掉")
