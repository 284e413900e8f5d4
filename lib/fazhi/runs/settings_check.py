"""All that a town writes for a run, checked before the first notebook: its settings, dictionary, corrections and template."""

from fazhi.dictionary.loading import load_specs
from fazhi.dictionary.models import Specs, Unit
from fazhi.dictionary.own_files import read_own
from fazhi.dictionary.town_files import load_unit
from fazhi.documents.fonts import check_roles
from fazhi.documents.template_gate import read_template
from fazhi.errors import Faults
from fazhi.indicators.chart_specs import load_charts
from fazhi.indicators.plan_targets import load_mapping
from fazhi.indicators.published_figures import read_published
from fazhi.recognition.corrections import read_corrections
from fazhi.town_year import TownYear, open_year
from fazhi.workspace.paths import Workspace


def open_checked(year: int, workspace: Workspace) -> TownYear:
    """Open the town's year once everything that notebooks would stumble over is right.

    Returns
    -------
    TownYear
        As `open_year` gives it.

    Raises
    ------
    FazhiError
        One fault as it is; several as one list (`SeveralFaults`). It takes some hundredths of a second.
    """
    faults = Faults()
    with faults.collected():
        town = open_year(year, workspace)
    specs, unit = _specs(workspace, faults), _unit(workspace, year, faults)
    if specs is not None:
        for check in (load_charts, load_mapping):  # the charts with the tables that they show
            with faults.collected():
                check(specs)
    if unit is not None:
        with faults.collected():
            check_roles(unit.fonts)
        if unit.word_template:
            with faults.collected():
                read_template(workspace.templates_folder, unit.word_template)
    if specs is not None and unit is not None:
        with faults.collected():
            _check_report(workspace, year, unit, specs)
    for known in (known for known in workspace.years() if known <= year):
        with faults.collected():
            read_corrections(workspace.corrections_file(known))
        with faults.collected():
            read_published(workspace.published_file(known), specs.indicators if specs is not None else ())
    faults.raise_all()
    return town


def _specs(workspace: Workspace, faults: Faults) -> Specs | None:
    """The dictionary, also where another of the town's files is at fault."""
    with faults.collected():
        return load_specs(read_own(workspace.dictionary_folder))
    return None


def _unit(workspace: Workspace, year: int, faults: Faults) -> Unit | None:
    """The town as it is in the year, also where another of its files is at fault."""
    with faults.collected():
        return load_unit(workspace.unit_file, workspace.year_unit_file(year))
    return None


def _check_report(workspace: Workspace, year: int, unit: Unit, specs: Specs) -> None:
    """Refuse a `report.md`, or heads of `unit.yml`, that the report cannot be made from."""
    if not (unit.heads or unit.parts or workspace.report_template(year).exists()):
        return  # the package's own; Jinja is not loaded for it
    from fazhi.narrative.template import Template, check_template, own_text

    known = {name: (spec.label, spec.unit) for name, spec in specs.indicators.items()}
    counted = dict.fromkeys(("unit:villages", "unit:communities", "targets:met", "targets:short"), ("", ""))
    check_template(Template.of(year, own_text(workspace, year)), unit, known | counted)
