"""Binds the figures in a table's cells: each cell is a sentence made of titles, and a total takes up what stands above it."""

from dataclasses import replace

from fazhi.checking.binder import Binder
from fazhi.checking.claim import Claim, is_named_well
from fazhi.checking.known_figures import Figure, Ledgers
from fazhi.checking.names import PERHAPS, WELL, Surroundings, content
from fazhi.checking.table_cells import Said, said
from fazhi.checking.tables import Table
from fazhi.quantities import find_quantities
from fazhi.quantities.quantity import Kind


class TableBinder:
    """Binds table by table."""

    def __init__(self, ledgers: Ledgers) -> None:
        self.ledgers, self.binder = ledgers, Binder(ledgers)
        self.parents: dict[int, str] = {}  # column -> the indicator of the last row that stands for itself
        self.parts: dict[int, list[Figure]] = {}  # column -> what it has told parts of

    def table(self, table: Table, title: str, *, planned: bool) -> list[Claim]:
        """The claims of a table with what stands above it; `planned`, where all of it is to be done."""
        self.parts, self.parents, claims = {}, {}, []
        self.binder.paragraph.ends()
        for one in said(table, self.ledgers.year, title):
            claims += self._cell(replace(one, planned=one.planned or planned))
        return claims

    def _cell(self, told: Said) -> list[Claim]:
        """The claims of a cell; where its row's last title says it better, by that alone."""
        claims = self._said(told)
        if told.narrow is not None and not all(is_named_well(one) for one in claims):
            other = self._said(replace(told, before=told.narrow))
            claims = other if sum(map(is_named_well, other)) > sum(map(is_named_well, claims)) else claims
        claims = [self._beside_parent(claim, told) for claim in claims]
        return [self._in_column(claims[0], told)] if len(claims) == 1 else claims

    def _beside_parent(self, claim: Claim, told: Said) -> Claim:
        """A row under 其中 that names what stands above once more is a part of it: 调解纠纷, 其中民事纠纷调解."""
        figure = claim.figures[0].indicator.id if claim.figures else ""
        if not told.context:
            self.parents[told.column] = figure
        is_part = bool(told.context and figure) and figure == self.parents.get(told.column) and not claim.where
        return replace(claim, narrowed=claim.narrowed or "其中") if is_part else claim

    def _in_column(self, claim: Claim, told: Said) -> Claim:
        """A cell of parts, or the total of them: what no title names is told by the column."""
        is_named = bool(content(told.title, (), self.binder.candidates.filler))
        if is_named_well(claim) or claim.narrowed or told.is_one_of or is_named:
            self._remember(claim, told)
            return claim
        columns = self.parts.values() if claim.change else [self.parts.get(told.column, [])]
        above = [figure for column in columns for figure in column]
        if told.is_total and above and len({figure.indicator.id for figure in above}) == 1:
            return replace(claim, figures=(above[0],), sure=WELL, where={})
        claim = claim if claim.change else self._part(claim, told)
        self._remember(claim, told)
        return claim

    def _part(self, claim: Claim, told: Said) -> Claim:
        """A row named by a value of one ledger's closed list alone counts its rows: 婚姻家庭纠纷 17件."""
        named = [
            ledger for ledger, values in self.ledgers.values.items() if values.get(told.label, "village") != "village"
        ]
        wholes = (one for one in self.ledgers.figures if one.indicator.measure == "count" and not one.indicator.where)
        found = [one for one in wholes if [one.indicator.ledger] == named]
        if not found or not self.binder.words.alike(claim.quantity.measure, found[0].indicator.unit):
            return claim
        column = self.ledgers.values[named[0]][told.label]
        return replace(claim, figures=(found[0],), sure=WELL, where={column: told.label})

    def _remember(self, claim: Claim, told: Said) -> None:
        if claim.where and not claim.change and is_named_well(claim):
            self.parts.setdefault(told.column, []).append(claim.figures[0])

    def _said(self, told: Said) -> list[Claim]:
        binder = self.binder
        binder.above, binder.title, binder.titled, binder.paragraph.topic = told.context, told.title, True, ""
        after = told.after or self._unit(told)
        sentence, begin = f"{told.before}{told.text}{after}", told.start - len(told.before)
        found = [one for one in find_quantities(sentence) if one.start >= len(told.before)]
        inside = [replace(one, start=begin + one.start, end=begin + one.end) for one in found]
        claims = []
        for claim in binder.sentence(sentence, begin, inside, told.head):
            end = min(claim.quantity.end, told.start + len(told.text))
            kind: Kind = "norm_or_plan" if told.planned else claim.quantity.kind
            text = claim.quantity.text[: end - claim.quantity.start]
            quantity = replace(claim.quantity, end=end, text=text, kind=kind)
            sure = min(claim.sure, PERHAPS) if told.is_one_of else claim.sure
            claims.append(replace(claim, quantity=quantity, sure=sure, narrowed=claim.narrowed or told.period))
        binder.above, binder.title, binder.titled = "", "", False
        return claims

    def _unit(self, told: Said) -> str:
        """The unit of the indicators of that name, where a table says none; money may be in another."""
        around = Surroundings(f"{told.before}|", told.context, told.head, self.binder.paragraph.subject, titled=True)
        figures, _ = self.binder.candidates.named(around, None)
        above = self.parts.get(told.column, ())
        figures = tuple(above[:1]) if told.is_total and not figures else figures
        named = {figure.indicator.unit for figure in figures}
        unit = named.pop() if len(named) == 1 else ""
        return next((one for one in told.units if one.endswith(unit)), "") if unit == "元" else unit
