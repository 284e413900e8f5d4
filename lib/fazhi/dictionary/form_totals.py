"""Forms of sheets that hold totals of indicators."""

from collections.abc import Iterable, Mapping

from fazhi.dictionary.form import Form
from fazhi.dictionary.models import Specs
from fazhi.dictionary.yaml_reading import nearest
from fazhi.errors import SpecError


def check_figures(forms: Iterable[Form], specs: Specs) -> None:
    """Every indicator that a form of totals names must exist, and headings stand for one each.

    Raises `SpecError` with the nearest name.
    """
    for form in forms:
        place = f"forms/{form.id}.yml "
        if (form.figures or form.period) and form.kind != "summary":
            raise SpecError(f"{place}写了 figures 或 period，kind 应为 summary。")
        if form.period and not form.figures:
            raise SpecError(f"{place}写了 period，须写明 figures（列名: 指标）。")
        _check_names(form.figures, specs, place)


def _check_names(figures: Mapping[str, str], specs: Specs, place: str) -> None:
    for name in figures.values():
        if name not in specs.indicators:
            near = nearest(name, list(specs.indicators), 1, 0)[0]
            raise SpecError(f"{place}的 figures 中没有指标“{name}”，最接近的是“{near}”。")
    if len(set(figures.values())) < len(figures):
        raise SpecError(f"{place}的 figures 中两列是同一个指标，请只写一列。")
