"""Binds the figures in a table's cells: each cell is a sentence made of titles, and a total takes up what stands above it."""

import re
from collections import Counter
from collections.abc import Container, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import groupby

from fazhi.checking.binding.binder import Binder
from fazhi.checking.binding.claim import Claim, is_named_well
from fazhi.checking.binding.known_figures import Figure, Ledgers
from fazhi.checking.binding.names import PERHAPS, WELL, Surroundings, content
from fazhi.checking.judging.fitting import fits
from fazhi.checking.judging.ledger_values import value_of
from fazhi.checking.reading.tables import Table
from fazhi.checking.table_binding.cells import Said, said
from fazhi.checking.table_binding.times import Time
from fazhi.checking.table_binding.titles import HOW_MANY
from fazhi.quantities import find_quantities
from fazhi.quantities.quantity import Kind
from fazhi.values.closed_lists import Villages


class TableBinder:
    """Binds table by table."""

    def __init__(self, ledgers: Ledgers) -> None:
        self.ledgers, self.binder = ledgers, Binder(ledgers)
        self.parents: dict[int, str] = {}  # column -> the indicator of the last row that stands for itself
        self.parts: dict[tuple[str, int], list[Figure]] = {}  # column or row -> what it has told parts of

    def table(self, table: Table, title: str, *, planned: bool) -> list[Claim]:
        """The claims of a table with what stands above it; `planned`, where all of it is to be done."""
        self.parts, self.parents = {}, {}
        self.binder.paragraph.ends()
        known = (one for columns in self.ledgers.lists.values() for one in columns.values())
        lists = [one for one in known if isinstance(one, Villages) or not one.short]  # offices name no rows
        cells = [replace(one, planned=one.planned or planned) for one in said(table, self.ledgers.year, title, lists)]
        self.binder.paragraph.ledger = self._ledger_of(cells, title)
        offices = {*self.ledgers.offices}
        among = [one for one in cells if {one.label, one.title} & offices]
        columns, rows = Counter(one.column for one in among), Counter((one.row, one.label) for one in among)
        read: list[tuple[Said, Claim]] = []
        for _, in_row in groupby(cells, key=lambda one: one.row):
            row = []
            for one in in_row:
                is_office = bool({one.label, one.title} & offices)
                is_listed = columns[one.column] > 1 or rows[one.row, one.label] > 1
                self.binder.candidates.parts.among_offices = is_office and is_listed
                row += [(one, claim) for claim in self._cell(one)]
            read += [(one, self._beside(claim, one, row)) for one, claim in row]
        bound = {(one.row, one.column) for one, claim in read if is_named_well(claim)}
        return self._alike([(one, self._of_other(claim, one, cells, bound)) for one, claim in read])

    def _ledger_of(self, cells: Sequence[Said], title: str) -> str:
        """The ledger that a table tells of: whose values its titles list, by what stands above it where several have them."""
        texts = {text for one in cells for text in (one.label, one.title) if text}
        known = {
            ledger: sum(text in values or text in self.ledgers.short.get(ledger, ()) for text in texts)
            for ledger, values in self.ledgers.values.items()
        }
        most = max(known.values(), default=0)
        listed = {ledger for ledger, many in known.items() if many == most} if most > 1 else set()
        lines = map(self.binder.candidates.ledger_of, reversed(title.split("\n")))
        above = next(filter(None, lines), "")
        if above and (not listed or known.get(above, 0) > 1):
            return above
        return listed.pop() if len(listed) == 1 else ""

    def _alike(self, read: Sequence[tuple[Said, Claim]]) -> list[Claim]:
        """The claims, those of a column held against the clear ones in it that are parts of a figure."""
        parts: dict[int, list[Claim]] = {}
        for told, claim in read:
            if is_named_well(claim) and claim.where and not claim.change:
                parts.setdefault(told.column, []).append(claim)
        return [self._as_parts(claim, told, parts.get(told.column, [])) for told, claim in read]

    @staticmethod
    def _of_other(claim: Claim, told: Said, cells: Sequence[Said], known: Container[tuple[int, int]]) -> Claim:
        """A total that adds up what stands above it, none of which is `known`, is of something else: 立案 of 检查."""
        if told.total != "column":
            return claim
        above = [one for one in cells if one.column == told.column and one.row < told.row and not one.total]
        numbers = [one.text for one in above if re.fullmatch(r"\d{1,9}", one.text)]
        if len(numbers) < 2 or any((one.row, one.column) in known for one in above):
            return claim
        is_sum = sum(map(int, numbers)) == claim.quantity.value
        return replace(claim, figures=(), sure=0.0) if is_sum else claim

    def _as_parts(self, claim: Claim, told: Said, parts: Sequence[Claim]) -> Claim:
        """A part that is hardly clear is of the figure that the others are of; a total may be of them alone."""
        if (
            not claim.figures
            or claim.change
            or told.is_one_of
            or claim.figures[0] not in [one.figures[0] for one in parts]
        ):
            return claim
        figure = claim.figures[0]
        if claim.where:
            is_alike = all(one.figures[0] == figure and one.where.keys() == claim.where.keys() for one in parts)
            return replace(claim, figures=(figure,), sure=max(claim.sure, WELL)) if is_alike else claim
        if told.total == "column":
            return self._of_listed(claim, [one for one in parts if one.figures[0] == figure])
        return claim

    def _of_listed(self, claim: Claim, parts: Sequence[Claim]) -> Claim:
        """A total may be of the parts that are listed, where they are not all there are."""
        figure, whole = claim.figures[0], value_of(claim, claim.figures[0], self.ledgers)
        listed = {str(one.where): value_of(one, figure, self.ledgers) for one in parts}
        known = [one for one in listed.values() if one is not None]
        is_sum = len(known) == len(listed) and fits(claim.quantity, sum(known, Decimal(0)))
        is_some = is_sum and sum(known, Decimal(0)) != whole
        return replace(claim, narrowed=claim.narrowed or "所列各类") if is_some else claim

    def _beside(self, claim: Claim, told: Said, row: Sequence[tuple[Said, Claim]]) -> Claim:
        """What hardly names itself is of what its row counts, where all that is clear in it says the same."""
        clear = [
            one
            for other, one in row
            if is_named_well(one) and other.label == told.label and not (one.narrowed or self._is_named(other))
        ]
        if told.goal:
            return self._of_goal(claim, told.goal, [one for _, one in row])
        if (
            is_named_well(claim)
            or told.time.period
            or told.is_one_of
            or self._is_named(told)
            or not (clear and told.label)
        ):
            return claim
        figure, where = clear[0].figures[0], clear[0].where
        is_one = all((one.figures[0].indicator.id, one.where) == (figure.indicator.id, where) for one in clear)
        alike = claim.change in ("up", "down") or self.binder.words.alike(claim.quantity.measure, figure.indicator.unit)
        is_of_row = is_one and alike and claim.quantity.kind == "actual"
        return replace(claim, figures=(figure,), where=where, sure=WELL, narrowed="") if is_of_row else claim

    def _is_named(self, told: Said) -> bool:
        """Whether the column's title says what is counted."""
        return content(told.title, (), self.binder.candidates.filler) > 1  # 受理数 says no more than 数

    def _of_goal(self, claim: Claim, goal: str, row: Sequence[Claim]) -> Claim:
        """A rate of completion: of the one figure of this year in its row, in percent of the goal."""
        plain = [one for one in row if is_named_well(one) and one.quantity.kind == "actual" and not one.change]
        done = [
            one for one in plain if one.year == self.ledgers.year and not (one.narrowed or one.misfit or one.office)
        ]
        goals = find_quantities(goal)
        if len(done) != 1 or len(goals) != 1:
            return claim
        quantity = replace(claim.quantity, kind="actual")
        return replace(done[0], quantity=quantity, sentence=claim.sentence, start=claim.start, change="goal", goal=goals[0].value)  # fmt: skip

    def _cell(self, told: Said) -> list[Claim]:
        """The claims of a cell; where the last title of its row or column says it better, by that alone."""
        claims = self._said(told)
        for name in told.narrow:
            if not all(map(is_named_well, claims)):
                other = self._said(replace(told, before=name))
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
        if not (is_named_well(claim) or claim.narrowed or told.is_one_of):
            if claim.change == "":
                claim = self._part(claim, told)
            parts = self._summed(told, anywhere=bool(claim.change))
            is_one = len({figure.indicator.id for figure in parts}) == 1
            is_under = told.total == "column" and len(parts) > 1 and not claim.change  # their title is its own
            if not is_named_well(claim) and is_one and (is_under or not self._is_named(told)):
                return replace(claim, figures=(parts[0],), sure=WELL, where={})
        if claim.where and not claim.change and is_named_well(claim):
            self.parts.setdefault(("column", told.column), []).append(claim.figures[0])
            self.parts.setdefault(("row", told.row), []).append(claim.figures[0])
        return claim

    def _summed(self, told: Said, *, anywhere: bool = False) -> list[Figure]:
        """What has been told parts of, in the column or the row that a total is of, or `anywhere` in the table."""
        if not told.total:
            return []
        if anywhere:
            return [figure for parts in self.parts.values() for figure in parts]
        return self._told(told.total, told)

    def _told(self, line: str, told: Said) -> list[Figure]:
        """What has been told parts of in the cell's "column" or "row"."""
        return self.parts.get((line, told.column if line == "column" else told.row), [])

    def _part(self, claim: Claim, told: Said) -> Claim:
        """A row or column named by a value of one ledger's closed list alone counts its rows: 婚姻家庭纠纷 17件."""
        label = HOW_MANY.sub(
            "", told.title if not content(told.label, (), self.binder.candidates.filler) else told.label
        )
        if self._is_named(told) and label != told.title:
            return claim
        named = [ledger for ledger, values in self.ledgers.values.items() if values.get(label, "village") != "village"]
        wholes = (one for one in self.ledgers.figures if one.indicator.measure == "count" and not one.indicator.where)
        beside = {one.indicator.ledger for one in (*self._told("column", told), *self._told("row", told))}
        named = [one for one in named if one in beside] if len(named) > 1 else named
        found = [one for one in wholes if [one.indicator.ledger] == named]
        if not found or not self.binder.words.alike(claim.quantity.measure, found[0].indicator.unit):
            return claim
        column = self.ledgers.values[named[0]][label]
        return replace(claim, figures=(found[0],), sure=WELL, where={column: label})

    def _said(self, told: Said) -> list[Claim]:
        binder = self.binder
        binder.above, binder.title, binder.titled, binder.paragraph.topic = told.context, told.title, True, ""
        after = told.after or self._unit(told)
        sentence, begin = f"{told.before}{told.text}{after}", told.start - len(told.before)
        found = [one for one in find_quantities(sentence) if one.start >= len(told.before)]
        inside = [replace(one, start=begin + one.start, end=begin + one.end) for one in found]
        claims, is_open = (
            list[Claim](),
            not (told.after or told.time.period or binder.candidates.parts.is_value(told.title)),
        )
        is_other = is_open and binder.words.is_of_others(told.title)  # 调解员
        for claim in binder.sentence(sentence, begin, inside, told.head):
            end = min(claim.quantity.end, told.start + len(told.text))
            kind: Kind = "norm_or_plan" if told.planned else claim.quantity.kind
            text = claim.quantity.text[: end - claim.quantity.start]
            quantity = replace(claim.quantity, end=end, text=text, kind=kind)
            sure = min(claim.sure, PERHAPS) if told.is_one_of else claim.sure
            made = self._timed(replace(claim, quantity=quantity, sure=sure), told.time)
            claims.append(replace(made, figures=(), narrowed=told.title) if is_other else made)
        binder.above, binder.title, binder.titled = "", "", False
        return claims

    def _timed(self, claim: Claim, time: Time) -> Claim:
        """The claim as one of a part of the year: of its months where the ledger can count them."""
        is_plain = len(claim.figures) == 1 and not (claim.change or claim.narrowed) and claim.year == self.ledgers.year
        if time.months and is_plain and self.ledgers.parts(claim.figures[0], claim.where, time.months) is not None:
            return replace(claim, months=time.months)
        return replace(claim, narrowed=claim.narrowed or time.period)

    def _unit(self, told: Said) -> str:
        """The unit of the indicators of that name, where a table says none; money may be in another."""
        around = Surroundings(f"{told.before}|", told.context, told.head, self.binder.paragraph.subject, titled=True)
        figures, _ = self.binder.candidates.named(around, None)
        figures = figures or tuple(self._summed(told)[:1])
        named = {figure.indicator.unit for figure in figures}
        unit = named.pop() if len(named) == 1 else ""
        return next((one for one in told.units if one.endswith(unit)), "") if unit == "元" else unit
