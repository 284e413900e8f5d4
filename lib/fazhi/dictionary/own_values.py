"""Categories that a town keeps beside those of the dictionary (`own` in aliases.yml): its own, or those of the national list."""

from collections.abc import Iterable, Mapping

from fazhi.dictionary.aliases import Aliases
from fazhi.dictionary.form import Form
from fazhi.dictionary.models import Column, Specs
from fazhi.dictionary.yaml_reading import nearest
from fazhi.errors import SpecError

NATIONAL = "全国"  # stands for the values of the national list


def with_own_values(specs: Specs, aliases: Aliases) -> Specs:
    """The dictionary with the town's own values behind those of each closed list, and no longer among their synonyms.

    Raises `SpecError` for what is no closed list of values, and for 全国 where there is no national list.
    """
    if not aliases.own:
        return specs
    ledgers = dict(specs.ledgers)
    for key, values in own_values(specs, aliases).items():
        ledger, _, name = key.partition(".")
        columns = {**ledgers[ledger].columns, name: _wider(ledgers[ledger].columns[name], values)}
        ledgers[ledger] = ledgers[ledger].model_copy(update={"columns": columns})
    return specs.model_copy(update={"ledgers": ledgers})


def own_values(specs: Specs, aliases: Aliases) -> dict[str, tuple[str, ...]]:
    """`<ledger>.<column>` → the town's own values, 全国 written out."""
    closed = {
        f"{ledger.id}.{name}": column
        for ledger in specs.ledgers.values()
        for name, column in ledger.columns.items()
        if column.kind == "vocabulary"
    }
    return {key: _written_out(key, values, closed) for key, values in aliases.own.items()}


def _written_out(key: str, values: Iterable[str], closed: Mapping[str, Column]) -> tuple[str, ...]:
    if key not in closed:
        near = nearest(key, list(closed), 1, 0)[0]
        raise SpecError(f"aliases.yml 的 own 中“{key}”不是有规定取值的列，最接近的是“{near}”。")
    national = closed[key].national
    if NATIONAL in values and not national:
        raise SpecError(f"aliases.yml 的 own 中“{key}”没有全国统一的分类，请逐个写出本镇的类别。")
    named = (value for one in values for value in (national if one == NATIONAL else (one,)))
    return tuple(dict.fromkeys(value for value in named if value not in closed[key].values))


def _wider(column: Column, own: tuple[str, ...]) -> Column:
    """The column with more values; a synonym that has become a value of its own means itself."""
    values = {value: tuple(word for word in words if word not in own) for value, words in column.values.items()}
    return column.model_copy(update={"values": {**values, **dict.fromkeys(own, ())}})


def with_own_meanings(form: Form, own: Mapping[str, tuple[str, ...]]) -> Form:
    """The form without what it makes of the town's own values: they mean themselves."""
    kept = {
        name: {text: means for text, means in meanings.items() if text not in own.get(f"{form.ledger}.{name}", ())}
        for name, meanings in form.values.items()
    }
    return form if kept == form.values else form.model_copy(update={"values": kept})
