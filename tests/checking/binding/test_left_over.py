"""Figures that name themselves badly, bound where the draft tells of their indicator nowhere else."""

from decimal import Decimal

import pytest

from fazhi.checking.binding.known_figures import Figure, Ledgers
from fazhi.checking.claims import bind
from fazhi.checking.judging.judge import judge
from fazhi.dictionary.loading import load_specs
from made.verdicts import verdicts

VALUES = {
    "inspections.visits": 827, "inspections.hazards_found": 112, "penalties.decisions": 66, "drills.held": 80, "drills.participants": 1901,
    "normative_documents.reviewed": 75, "normative_documents.repealed": 53, "studies.special_sessions": 52, "studies.law_sessions": 36,
    "studies.attendance": 5369, "disputes.mediated": 200, "disputes.amount_yuan": 2_384_800, "tasks.assigned": 76, "tasks.done": 18,
}  # fmt: skip


@pytest.fixture(scope="module")
def ledgers() -> Ledgers:
    specs = load_specs()
    figures = tuple(
        Figure(spec, Decimal(VALUES.get(name, 0)), Decimal(VALUES.get(name, 0) + 7), {})
        for name, spec in specs.indicators.items()
        if not specs.ledgers[spec.ledger].optional
    )
    return Ledgers(2025, figures, lambda *_: None, {}, (), frozenset())


LIKELY = [
    "执法人员深入生产经营一线，走访检查企业商铺827家次。作出行政处罚决定66份。",
    "防汛、消防、地灾等实战化演练共进行80场，吸引1901人次参与其中。",
    "围绕习近平法治思想安排专题研学52场，另就民法典等法律法规开展集体学习36次，先后有5369人次走进课堂。",
    "调解矛盾纠纷200件，达成协议所涉款项238.48万元。",
    "827家次——这是执法队员一年的检查量。112个——这是他们揪出的隐患数。",
    "规范性文件回头看75件，其中53件废了。",  # as the synonyms of the dictionary say
    "作出行政处罚决定66份。“首违不罚”推行以来，该镇执法检查827家次。",
    "全年组织52场习近平法治思想专题学习和36次法律法规学习。",
    "3.抓执法。执法队走访827家次，查到隐患112个。",  # what is found makes more likely what stands beside it
]  # fmt: skip


@pytest.mark.parametrize("text", LIKELY)
def test_what_is_told_nowhere_else_is_bound(text, ledgers):
    assert set(verdicts(text, ledgers)) == {"right"}
    for one in judge(bind(text, ledgers), ledgers):
        quantity = one.claim.quantity
        wrong = text[: quantity.start] + str((int(quantity.text[0]) + 3) % 9 + 1) + text[quantity.start + 1 :]
        assert {"wrong", "doubtful"} & set(verdicts(wrong, ledgers)), wrong


OTHERS = [
    "开展行政执法检查827家次。\n上门走访检查娱乐场所315家次。",  # the year's inspections are told already
    "开展应急演练80场，1901人次参加。\n中小学实战化疏散演练共进行3场。",
    "化解信访积案7件，涉及金额36万元。",
    "办理政务服务事项5632件，网上办理率91.7%。",
    "组织观看警示教育片3场，受教育干部210人次。",
    "调解员培训2场次，参训116人次。",
    "调解员老周一年调解了37件纠纷。",
    "现有人民调解委员会10个，专职调解员43名。",
    "10项主要指标与上年相比，9项增长、1项下降。",
    "信访件41件，初信初访化解率97.5%。",
    "老街坊的疙瘩，十件里头能说和九件。",
    "反诈知识每日播报，开展集中宣传6场次，发放宣传单1500余份。",
    "开展行政执法检查827家次。\n学校安全检查26次，发现隐患43个。",
    "开展应急演练80场，1901人次参加。\n养老机构消防演练2次，工会应急演练3场。",
    "主持党工委会议、法治工作专题会、社区书记例会共12次。",
    "组织121名干部职工参加全区法治理论知识学习考试。",
    "演练、检查、处罚决定书发放三项指标均在全区前列。",
]  # fmt: skip


@pytest.mark.parametrize("text", OTHERS)
def test_another_thing_is_not_called_wrong(text, ledgers):
    assert not {"wrong", "doubtful"} & set(verdicts(text, ledgers))


def test_of_two_that_may_be_the_same_only_the_likelier_is_bound(ledgers):
    found = judge(bind("走访检查企业商铺827家次，安全巡查315家次。", ledgers), ledgers)
    assert [one.verdict for one in found] == ["right", "unknown"]


def test_what_is_likely_only_is_doubted_and_what_is_hardly_another_thing_is_wrong(ledgers):
    assert verdicts("执法队走访927家次，查到隐患112个。", ledgers) == ["doubtful", "right"]
    assert verdicts("参与应急演练7901人次。", ledgers) == ["wrong"]
