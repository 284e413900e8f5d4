"""What an analyst writes about a town: `unit.yml` and `aliases.yml`, checked against the dictionary."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from fazhi.dictionary.aliases import NO_COLUMN, NO_INDICATOR, Aliases
from fazhi.dictionary.models import Specs, Unit
from fazhi.dictionary.yaml_reading import build, nearest, read_yaml
from fazhi.errors import Faults, SpecError

_NEEDED = {"name": "镇名", "villages": "各村（居）", "offices": "各科室"}


def load_unit(path: Path, of_year: Path | None = None) -> Unit:
    """The town, from `unit.yml`, with the keys of a year's own file in place of its own where there is one.

    Raises SpecError while its name, villages or offices are still to be filled in.
    """
    written = read_yaml(path, "unit.yml")
    unit: Unit = build(Unit, written, "unit.yml", path)
    if of_year is not None and of_year.is_file():
        label = f"{of_year.parent.name}/unit.yml"
        unit = build(Unit, {**written, **read_yaml(of_year, label)}, label, of_year)
    unfilled = [f"{key}（{what}）" for key, what in _NEEDED.items() if not getattr(unit, key)]
    if unfilled:
        raise SpecError(f"unit.yml 的 {'、'.join(unfilled)} 还没有填写。请打开 {path} 填好后重试。")
    _check_signs(unit)
    return unit


def _check_signs(unit: Unit) -> None:
    """Refuse names with a sign in them that parts names: [石桥村、柳林村] is one village. Raises SpecError with all of them."""
    faults = Faults()
    for key in _NEEDED:
        names = getattr(unit, key)
        for name in (names,) if isinstance(names, str) else names:
            outside = re.sub(r"（[^）]*）|\([^)]*\)", "", name)
            if sign := re.search(r"[、，；：,;:]", outside):
                faults.add(f"unit.yml 的 {key} 中“{name}”里有“{sign[0]}”：是几个的，请用半角逗号加空格“, ”分开。")
            elif re.search(r"[“”‘’\"']", outside):
                faults.add(f"unit.yml 的 {key} 中 {name} 带着引号，请删去引号。")
    faults.raise_all()


def check_kept(unit: Unit, specs: Specs) -> None:
    """Every ledger that `unit.yml` names must exist, and be kept or not. Raises SpecError with all that do not."""
    faults = Faults()
    for key, names in (("without", unit.without), ("with", unit.and_with)):
        for name in names:
            if name not in specs.ledgers:
                near = _like(name, specs)
                faults.add(f"unit.yml 的 {key} 中“{name}”不是台账，最接近的是“{near}”（{specs.ledgers[near].title}）。")
    for name in unit.without:
        if name in unit.and_with:
            faults.add(f"unit.yml 的 without 和 with 中都有“{name}”，请删去一处。")
    faults.raise_all()


def _like(name: str, specs: Specs) -> str:
    """The ledger whose id or title is most like what is written."""
    titles = {ledger.title: ledger.id for ledger in specs.ledgers.values()}
    near = nearest(name, [*specs.ledgers, *titles], 1, 0)[0]
    return titles.get(near, near)


def load_aliases(path: Path, specs: Specs) -> Aliases:
    """Accepted spellings; an absent file means none. Raises SpecError with everything that they refer to and that is not there."""
    if not path.exists():
        return Aliases()
    aliases: Aliases = build(Aliases, read_yaml(path, "aliases.yml"), "aliases.yml", path)
    faults = Faults()
    for key in aliases.values:
        ledger, _, column = key.partition(".")
        if ledger not in specs.ledgers or column not in specs.ledgers[ledger].columns:
            known = [f"{n}.{c}" for n, spec in specs.ledgers.items() for c in spec.columns]
            faults.add(f"aliases.yml 的 values 中“{key}”不存在，最接近的是“{nearest(key, known, 1, 0)[0]}”。")
    for ledger, titles in aliases.columns.items():
        for fault in _unknown_columns(ledger, titles, specs):
            faults.add(fault)
    for name in aliases.once:
        if name.partition(".")[0] not in specs.ledgers:
            faults.add(f"aliases.yml 的 once 中“{name}”不是 fazhi accept 列出的问题，请改正或删去。")
    for name, indicator in aliases.plans.items():
        if indicator != NO_INDICATOR and indicator not in specs.indicators:
            near = nearest(indicator, list(specs.indicators), 1, 0)[0]
            faults.add(f"aliases.yml 的 plans 中“{name}”所指的指标“{indicator}”不存在，最接近的是“{near}”。")
    faults.raise_all()
    return aliases


def _unknown_columns(ledger: str, titles: Mapping[str, str], specs: Specs) -> Iterator[str]:
    """What titles of a ledger are said to mean and is none of its columns."""
    if ledger not in specs.ledgers:
        near = nearest(ledger, list(specs.ledgers), 1, 0)[0]
        yield f"aliases.yml 的 columns 中“{ledger}”不是台账，最接近的是“{near}”。"
        return
    known = specs.ledgers[ledger].columns
    for title, column in titles.items():
        if column != NO_COLUMN and column not in known:
            near = nearest(column, list(known), 1, 0)[0]
            yield f"aliases.yml 中“{title}”所指的列“{column}”不存在，最接近的是“{near}”。"
