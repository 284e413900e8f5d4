"""What an answer means: checked against what is known, as the entries of aliases.yml that it becomes."""

from collections.abc import Mapping, Sequence

from fazhi.cleaning.cells import Context, reader
from fazhi.decisions.aliases_edit import EMPTY, OWN, Decision, Meaning, own_category
from fazhi.decisions.questions import path_of
from fazhi.dictionary.aliases import NO_INDICATOR, NO_LEDGER
from fazhi.dictionary.models import Column, Specs
from fazhi.dictionary.yaml_reading import nearest
from fazhi.errors import SpecError
from fazhi.town_year import TownSettings


def target_named(specs: Specs, word: str) -> str:
    """The target named by id or in Chinese."""
    names = {name: name for name in ("villages", "offices", "files", "plans")}
    names |= {"村居": "villages", "科室": "offices", "文件": "files", "计划": "plans"}
    for ledger, spec in specs.ledgers.items():
        names |= {f"columns.{ledger}": f"columns.{ledger}", f"columns.{spec.title}": f"columns.{ledger}"}
        for name, column in spec.columns.items():
            names |= {f"{ledger}.{name}": f"{ledger}.{name}", f"{spec.title}.{column.label}": f"{ledger}.{name}"}
    if word not in names:
        raise SpecError(f"没有项目“{word}”，最接近的是：{'、'.join(nearest(word, list(names), 3, 0))}。")
    return names[word]


def own_categories(specs: Specs, target: str, spellings: Sequence[str]) -> list[Decision]:
    """The first spelling is a category of the town's own, the others mean it. Raises SpecError where the list is not one of categories."""
    ledger, _, name = target.partition(".")
    column = specs.ledgers[ledger].columns[name] if name and ledger in specs.ledgers else None
    if column is None or column.kind != "vocabulary":
        raise SpecError(f"“{target}”不是分类的列，不能“{OWN}”，没有改动。村（居）、科室请写入 unit.yml。")
    first, *others = spellings
    return [own_category(target, first), *(Decision(path_of(target), other, first) for other in others)]


def decision_of(settings: TownSettings, target: str, written: str, meaning: str) -> Decision:
    """A decision that the next run can apply."""
    if not written.strip():
        raise SpecError("写法是空的，没有改动。")
    specs = settings.specs
    if target == "files":
        titles = {ledger.title: name for name, ledger in specs.ledgers.items()}
        means: Meaning = _among(meaning, {**titles, NO_LEDGER: NO_LEDGER}, "台账")
    elif target == "plans":
        labels = {indicator.label: name for name, indicator in specs.indicators.items()}
        means = _among(meaning, {**labels, NO_INDICATOR: NO_INDICATOR}, "指标")
    elif target.startswith("columns."):
        columns = specs.ledgers[target.removeprefix("columns.")].columns
        means = _among(
            meaning, {**{column.label: name for name, column in columns.items()}, NO_LEDGER: NO_LEDGER}, "列"
        )
    else:
        means = _value(settings, target, written, meaning)
    return Decision(path_of(target), written.strip(), means)


def _among(meaning: str, names: Mapping[str, str], what: str) -> str:
    """The id of what is named by its Chinese name or its id."""
    found = names.get(meaning) or (meaning if meaning in names.values() else None)
    if found is None:
        near = "、".join(nearest(meaning, [*names, *names.values()], 3, 0))
        raise SpecError(f"没有{what}“{meaning}”，最接近的是：{near}。没有改动。")
    return found


def _value(settings: TownSettings, target: str, written: str, meaning: str) -> Meaning:
    """What a written value means: a known value, whatever the column's kind can read, or nothing."""
    ledger, name, column = _column(settings, target)
    if column.private or column.kind in ("text", "party", "uscc"):
        raise SpecError(f"「{column.label}」不是可以对照的列（文字或个人信息），没有改动。笔误请写入 corrections.csv。")
    vocabulary = settings.vocabularies[ledger].get(name)
    context = Context(year=2000, closed_list=vocabulary)
    if vocabulary is not None and written in vocabulary.names:
        raise SpecError(f"“{written}”本来就是规定的取值，没有改动。")
    if meaning == EMPTY:
        return None
    value = reader(column, context)(meaning, None)
    if value.fault or value.value is None:
        near = f"，最接近的是：{'、'.join(value.nearest)}" if value.nearest else ""
        raise SpecError(f"「{column.label}」不认“{meaning}”（{value.fault or '等于没有填写'}）{near}。没有改动。")
    return value.value if isinstance(value.value, bool) or vocabulary is not None else meaning


def _column(settings: TownSettings, target: str) -> tuple[str, str, Column]:
    """The ledger and column that a target concerns; for villages and offices, any column of that kind."""
    if "." in target:
        ledger, _, name = target.partition(".")
        return ledger, name, settings.specs.ledgers[ledger].columns[name]
    kind = {"villages": "village", "offices": "office"}[target]
    return next(
        (ledger, name, column)
        for ledger, spec in settings.specs.ledgers.items()
        for name, column in spec.columns.items()
        if column.kind == kind
    )
