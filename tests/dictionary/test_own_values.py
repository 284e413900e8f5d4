"""A town's own categories, and those of the national list, are kept as they are; without a word of the town nothing changes."""

import pytest

from fazhi.dictionary.aliases import Aliases
from fazhi.dictionary.loading import load_specs
from fazhi.dictionary.models import Unit
from fazhi.errors import SpecError
from fazhi.town_year import town_settings
from made.sheets import TOWN


def settings(**own):
    aliases = Aliases.model_validate({"own": {key.replace("__", "."): values for key, values in own.items()}})
    return town_settings(load_specs(), Unit.model_validate(TOWN), aliases)


def category(known, text):
    return known.vocabularies["disputes"]["category"].certain(text)


def test_without_a_word_of_the_town_the_dictionary_stays_as_it_is():
    known = settings()
    shipped = load_specs().ledgers
    assert {name: ledger.columns for name, ledger in known.specs.ledgers.items()} == {
        name: ledger.columns for name, ledger in shipped.items()
    }
    assert category(known, "医疗纠纷") is None


def test_a_category_of_the_towns_own_is_kept_as_it_is_also_where_a_form_would_fold_it():
    known = settings(disputes__category=["医疗纠纷", "涉水纠纷"])
    assert (category(known, "医疗纠纷"), category(known, "涉水"), category(known, "邻里")) == (
        "医疗纠纷",
        "涉水纠纷",
        "邻里纠纷",
    )
    assert category(known, "生产经营纠纷") is None
    platform = next(form for form in known.forms if form.id == "mediation_platform").values["category"]
    assert "医疗纠纷" not in platform
    assert platform["生产经营纠纷"] == "其他纠纷"
    assert list(known.specs.ledgers["disputes"].columns["category"].values)[-2:] == ["医疗纠纷", "涉水纠纷"]


def test_the_national_list_is_taken_in_one_word():
    known = settings(disputes__category=["全国"], honours__level=["全国"])
    assert category(known, "拖欠农民工工资纠纷") == "拖欠农民工工资纠纷"
    assert known.vocabularies["honours"]["level"].certain("国家级") == "国家级"


def test_a_synonym_that_the_town_tells_apart_means_itself():
    assert settings().vocabularies["case_reviews"]["grade"].certain("良好") == "合格"
    assert settings(case_reviews__grade=["良好"]).vocabularies["case_reviews"]["grade"].certain("良好") == "良好"


@pytest.mark.parametrize(
    ("own", "said"),
    [
        ({"disputes__categry": ["医疗纠纷"]}, "最接近的是“disputes.category”"),
        ({"disputes__village": ["医疗纠纷"]}, "不是有规定取值的列"),
        ({"drills__kind": ["全国"]}, "没有全国统一的分类"),
    ],
)
def test_what_cannot_have_own_values_is_told(own, said):
    with pytest.raises(SpecError, match=said):
        settings(**own)
