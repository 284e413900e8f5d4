"""One town's year and its settings: what every step takes."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import Any

from fazhi.dictionary.alias_targets import target_faults
from fazhi.dictionary.aliases import NO_COLUMN, Aliases
from fazhi.dictionary.form import Form, fitting, load_forms, read_forms, with_towns
from fazhi.dictionary.form_totals import check_figures
from fazhi.dictionary.loading import load_specs
from fazhi.dictionary.models import Ledger, Specs, Unit
from fazhi.dictionary.own_files import read_own
from fazhi.dictionary.own_values import own_values, with_own_meanings, with_own_values
from fazhi.dictionary.town_files import check_kept, load_aliases, load_unit
from fazhi.dictionary.yaml_reading import nearest
from fazhi.errors import Faults, LedgerError, SpecError
from fazhi.values.closed_lists import Villages, Vocabulary, column_vocabulary, office_vocabulary, villages
from fazhi.values.normalise import bare
from fazhi.values.titles import alike_index, title_index, words_of_forms
from fazhi.workspace.paths import Workspace, find_workspace, no_year
from fazhi.workspace.results import YearResults
from fazhi.workspace.year_statistics import Statistics

SOME_OFFICE = "责任科室"  # owes a ledger of which the town does not say whose it is


@dataclass(frozen=True)
class TownSettings:
    """Everything that names ledgers, columns and values, made once for a run."""

    specs: Specs
    unit: Unit
    aliases: Aliases
    titles: Mapping[str, Mapping[str, str]]  # ledger -> written title -> column
    alike: Mapping[str, Mapping[str, str]]  # ledger -> key of titles that mean the same -> column
    vocabularies: Mapping[str, Mapping[str, Vocabulary | Villages]]  # ledger -> closed column -> matcher
    forms: Sequence[Form] = ()  # kinds of sheets known by their headings
    dismissed: Mapping[str, frozenset[str]] = field(default_factory=dict)  # ledger -> titles that are no column of it

    def expects(self, ledger: str) -> bool:
        """Whether a ledger is one of those that every town keeps, or an optional one that the town names."""
        return not self.specs.ledgers[ledger].optional or ledger in self.unit.and_with

    def owes(self, ledger: str) -> bool:
        """Whether the town is to send a ledger: it does not say that it has none, and says so of an optional one."""
        return self.expects(ledger) and ledger not in self.unit.without


def town_settings(specs: Specs, unit: Unit, aliases: Aliases, own_forms: Sequence[Form] = ()) -> TownSettings:
    """A town's settings, with what is derived from them once a run. Its own forms go before the package's."""
    own = own_values(specs, aliases)
    specs = _with_own_offices(with_own_values(specs, aliases), office_vocabulary(unit, aliases))
    words = {
        name: {**words_of_forms(ledger, own_forms), **aliases.columns.get(name, {})}
        for name, ledger in specs.ledgers.items()
    }
    titles = {name: title_index(ledger, words[name]) for name, ledger in specs.ledgers.items()}
    dismissed = {
        name: frozenset(bare(title) for title, column in said.items() if column == NO_COLUMN)
        for name, said in words.items()
    }
    alike = {name: alike_index(ledger) for name, ledger in specs.ledgers.items()}
    vocabularies: dict[str, dict[str, Vocabulary | Villages]] = {}
    for name, ledger in specs.ledgers.items():
        vocabularies[name] = {}
        for column, spec in ledger.columns.items():
            key = f"{name}.{column}"
            if spec.kind == "vocabulary":
                vocabularies[name][column] = column_vocabulary(key, spec, aliases)
            elif spec.kind == "office":
                vocabularies[name][column] = office_vocabulary(unit, aliases, key)
            elif spec.kind == "village":
                vocabularies[name][column] = villages(unit, aliases, key)
    packaged = [with_own_meanings(form, own) for form in fitting(load_forms(), specs.ledgers)]
    declared = [form for form in packaged if form.declared and form.ledger in unit.and_with]
    forms = with_towns(own_forms, with_towns(declared, [form for form in packaged if not form.declared]))
    return TownSettings(specs, unit, aliases, titles, alike, vocabularies, forms, dismissed)


def prepare() -> None:
    """Know the keys of the package's titles and values by heart, for the processes that are forked from this one."""
    specs = load_specs()
    for ledger in specs.ledgers.values():
        title_index(ledger, {})
        alike_index(ledger)
        for name, column in ledger.columns.items():
            if column.kind == "vocabulary":
                column_vocabulary(f"{ledger.id}.{name}", column, Aliases())


def _with_own_offices(specs: Specs, offices: Vocabulary) -> Specs:
    """The dictionary with each ledger owed by an office of the town: none other is named to its people."""
    own = {name: offices.certain(ledger.office) or SOME_OFFICE for name, ledger in specs.ledgers.items()}
    if all(own[name] == ledger.office for name, ledger in specs.ledgers.items()):
        return specs
    ledgers = {name: ledger.model_copy(update={"office": own[name]}) for name, ledger in specs.ledgers.items()}
    return specs.model_copy(update={"ledgers": ledgers})


@dataclass(frozen=True)
class TownYear:
    """One town's year: what every step takes."""

    workspace: Workspace
    year: int
    settings: TownSettings

    @property
    def processed(self) -> Path:
        return self.workspace.processed(self.year)

    def in_year(self, year: int) -> "TownYear":
        """Another year of the town, with the settings of that year. Raises SpecError where its own have a fault."""
        same = not (self.workspace.year_settings(self.year) or self.workspace.year_settings(year))
        return TownYear(self.workspace, year, self.settings if same else read_settings(self.workspace, year))

    @property
    def results(self) -> YearResults:
        """The year's results."""
        return self.results_of(self.year)

    def statistics(self) -> Statistics:
        """The year's statistics. Raises LedgerError where they were not made yet, or the file is damaged."""
        try:
            statistics = self.results.statistics()
        except ValueError:
            raise LedgerError(
                f"{self.year}年的 statistics.json 读不出（已损坏，或由别的版本生成）。请重新运行 fazhi run {self.year}。"
            ) from None
        if statistics is None:
            raise LedgerError(f"{self.year}年尚未统计。请先运行 02_statistics，或 fazhi run {self.year}。")
        return statistics

    def publication(self) -> dict[str, Any]:
        """What the year's papers may say of people's affairs. Raises LedgerError where it was not decided yet."""
        decided = self.results.disclosure()
        if decided is None:
            raise LedgerError(f"{self.year}年尚未统计。请先运行 02_statistics，或 fazhi run {self.year}。")
        return decided

    def results_of(self, year: int) -> YearResults:
        """The results of a year of the town, there or not."""
        return YearResults(self.workspace.processed(year))

    @property
    def ledgers(self) -> dict[str, Ledger]:
        """The ledgers that the town owes or has sent; of the others nothing is said."""
        sent = self.results.sources().ledgers
        found = self.settings.specs.ledgers.items()
        return {name: ledger for name, ledger in found if self.settings.owes(name) or sent.get(name)}

    def ledger(self, name: str) -> Ledger:
        """A ledger by id; a misspelt one is told its nearest."""
        ledgers = self.settings.specs.ledgers
        if name not in ledgers:
            raise SpecError(f"没有台账“{name}”，最接近的是“{nearest(name, list(ledgers), 1, 0)[0]}”。")
        return ledgers[name]


def open_year(year: int, workspace: str | Path | Workspace = "") -> TownYear:
    """The town's year, checked settings and all: what every step takes.

    Parameters
    ----------
    year
        The report's year.
    workspace
        The town's folder; empty: the one that the caller stands in.

    Raises
    ------
    LedgerError
        `data/raw` has no folder of that year.
    SpecError
        `unit.yml`, `aliases.yml`, the forms or the dictionary have faults; all of them are told.
    """
    place = workspace if isinstance(workspace, Workspace) else _place(workspace)
    if not place.raw(year).is_dir():
        raise LedgerError(no_year(place, year))
    return TownYear(place, year, read_settings(place, year))


def read_settings(place: Workspace, year: int | None = None) -> TownSettings:
    """The town's settings from its files, as they are in a year. Raises SpecError with what is wrong in all of them."""
    faults, aliases = Faults(), Aliases()
    unit: Unit | None = None
    specs: Specs | None = None
    own_forms: Sequence[Form] = ()
    with faults.collected():
        unit = load_unit(place.unit_file, None if year is None else place.year_unit_file(year))
    with faults.collected():
        specs = load_specs(read_own(place.dictionary_folder))
    if specs is not None:
        with faults.collected():
            aliases = load_aliases(place.aliases_file, specs)
        with faults.collected():
            own_forms = _own_forms(place, specs)
        if unit is not None:
            with faults.collected():
                check_kept(unit, specs)
    faults.raise_all()
    assert unit is not None and specs is not None  # else a fault was raised
    settings = town_settings(specs, unit, aliases, own_forms)
    units = [unit, *_units_of_all_years(place)]
    villages, offices = (
        dict.fromkeys(chain.from_iterable(getattr(one, key) for one in units)) for key in ("villages", "offices")
    )
    for fault in target_faults(aliases, settings.specs, tuple(villages), tuple(offices)):
        faults.add(fault)
    faults.raise_all()
    return settings


def _units_of_all_years(place: Workspace) -> Iterator[Unit]:
    """The town as it is, and as it is in each year with a file of its own, where these can be read."""
    files = (place.year_unit_file(year) for year in place.years())
    for own in dict.fromkeys(path if path.is_file() else None for path in files):
        with suppress(SpecError):
            yield load_unit(place.unit_file, own)


def _own_forms(place: Workspace, specs: Specs) -> Sequence[Form]:
    """The forms of the town, and those of its district that it does not replace."""
    folders = (place.forms_folder, place.district_forms_folder)
    forms = with_towns(*(read_forms(folder, specs.ledgers, of_town=True) for folder in folders))
    check_figures(forms, specs)
    return forms


def _place(folder: str | Path) -> Workspace:
    return Workspace(Path(folder).resolve()) if str(folder) else find_workspace(Path.cwd())
