"""Claims bound and judged against a small set of figures: right, wrong and why, derived, doubtful, unknown."""

from decimal import Decimal

import pytest

from fazhi.checking.binding.known_figures import Figure, Ledgers
from fazhi.checking.claims import bind
from fazhi.checking.judging.judge import judge
from fazhi.checking.judging.remarks import remarks
from fazhi.dictionary.loading import load_specs
from made.verdicts import verdicts

VALUES = {
    "disputes.mediated": (125, 118), "disputes.success_rate": (Decimal("0.944"), Decimal("0.957")),
    "disputes.amount_yuan": (6_393_300, 5_000_000), "drills.held": (14, 12), "drills.participants": (6042, 5318),
    "contracts.reviewed": (136, 111), "contracts.major": (39, 26), "penalties.decisions": (64, 71),
    "penalties.fines_yuan": (29_500, 33_200), "inspections.visits": (371, 352), "consultations.cases": (660, 604),
    "oversight.forums": (4, 3), "publicity.school_visits": (4, 4), "service_station.online_people": (214, 190),
}  # fmt: skip
OFFICES = {"inspections.visits": {"应急管理办": 191, "综合行政执法大队": 180}}
PARTS = {("disputes.mediated", "邻里纠纷"): 23, ("disputes.mediated", "合同纠纷"): 7}


@pytest.fixture(scope="module")
def ledgers():
    specs = load_specs().indicators
    figures = tuple(
        Figure(specs[name], Decimal(now), Decimal(before), OFFICES.get(name, {}))
        for name, (now, before) in VALUES.items()
    )

    def part(figure, where, months=None):
        value = PARTS.get((figure.indicator.id, *where.values()))
        return None if value is None else Decimal(value)

    values = {"disputes": {"邻里纠纷": "category", "合同纠纷": "category"}, "drills": {"消防": "kind", "防汛": "kind"}}
    return Ledgers(
        2025,
        figures,
        part,
        values,
        ("综合行政执法大队", "应急管理办"),
        frozenset({("法治进校园活动", Decimal(3)), ("培训", Decimal(41))}),
    )


@pytest.mark.parametrize(
    "text",
    [
        "全年共调处各类矛盾纠纷125件。", "化解矛盾纠纷125起。", "矛盾纠纷调解成功率达94.4%。", "调解协议涉及金额639.33万元。", "罚款29500元。",
        "组织防汛、消防等应急演练14场。", "开展应急演练，参与群众6000余人次。", "审核各类合同136件次，其中重大合同审查39件次。",
        "2024年调解矛盾纠纷118件。", "2024年全镇调解矛盾纠纷118件，2025年为125件。", "法律咨询共660件次，去年为604件次。",
        "合同审查量从111件次增至136件次。", "矛盾纠纷调解成功率、行政处罚决定书分别为94.4%、64份。", "去年以来调解矛盾纠纷125件。", "村（社区）法律咨询660件。",
        "2024年、2025年分别调解矛盾纠纷118件、125件。", "89岁老人的案件之外，调解矛盾纠纷125件，其中邻里纠纷23件。", "法律咨询660人次。", "其中邻里纠纷23件。", "应急管理办开展执法检查191家次。", "法治导航站线上服务群众200余人次。",
        "调解矛盾纠纷125件。去年同期，这一数字是118件。", "应急演练14场、执法检查371家次、法律咨询660件次。", "执法检查（含复查）371家次。",
        "应急方面，开展演练14场、6042人次参演。", "调解矛盾纠纷上百件。", "法律咨询数百件次。", "应急演练十几场。", "行政处罚决定不超过70份。", "罚款2.95万，", "全年完成镇级合同审查136件。",
    ],
)  # fmt: skip
def test_what_is_true_is_right(text, ledgers):
    assert set(verdicts(text, ledgers)) == {"right"}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("全年共调解矛盾纠纷152件。", "应为125件"), ("全年调解矛盾纠纷118件。", "这是2024年的数"), ("罚款2.95元。", "应为2.95万元"),
        ("矛盾纠纷调解成功率达95.7%。", "这是2024年的数"), ("开展应急演练41场。", "应为14场"), ("参与应急演练7000余人次。", "应为6042人次"),
        ("召开居民群众代表座谈会3次。", "2024年的数"), ("应急管理办开展执法检查180家次。", "应急管理办报的"), ("法治进校园活动3场。", "把计划写成了结果"),
        ("合同审查136件次，其中重大合同93件次。", "应为39件次"), ("2024年全镇调解矛盾纠纷118件，2025年为152件。", "应为125件"),
        ("合同审查量从111件次增至163件次。", "应为136件次"), ("调解成功率、法律咨询量分别为94.4%和606件次。", "应为660件次"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_with_the_right_figure(text, said, ledgers):
    judged = judge(bind(text, ledgers), ledgers)
    wrong = [one for one in judged if one.verdict == "wrong"]
    assert len(wrong) == 1
    assert said in wrong[0].why


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("较上年，调解矛盾纠纷增长5.9%，应急演练增加2场。", "derived"), ("较上年，调解矛盾纠纷增长5.9%，应急演练增加12场。", "wrong"),
        ("调解矛盾纠纷125件，较上年增长5.9%。", "derived"), ("调解矛盾纠纷125件，较上年增长6%。", "derived"), ("调解矛盾纠纷125件，同比下降6%。", "wrong"),
        ("罚款2.95万元，同比下降11.1%。", "derived"), ("罚款2.95万元，同比下降3.2%。", "wrong"), ("应急演练14场，比上年增加2场。", "derived"),
        ("矛盾纠纷调解成功率94.4%，较上年降低1.3个百分点。", "derived"), ("法律咨询660件次，是上年的1.1倍。", "derived"),
        ("审查合同136件次（其中重大合同39件次），比上年多25件次。", "derived"), ("应急演练14场、6042人次参加，场次同比增长16.7%。", "derived"),
        ("调解矛盾纠纷125件，其中邻里纠纷23件，占18.4%。", "derived"), ("审查合同136件次，其中重大合同39件次，占28.7%。", "derived"),
        ("审查合同136件次，其中重大合同39件次，占38.7%。", "wrong"), ("重大合同审查量较上年增长五成。", "derived"), ("法律咨询量翻一番。", "wrong"),
        ("邻里纠纷最多，占18.4%。", "derived"), ("邻里纠纷最多，占28.4%。", "wrong"),
    ],
)  # fmt: skip
def test_changes_and_shares_are_worked_out(text, verdict, ledgers):
    assert verdicts(text, ledgers)[-1] == verdict


@pytest.mark.parametrize(
    "text",
    [
        "培育法律明白人45名。", "投入经费50万元。", "12345热线办理工单1200件，满意率98%。", "办理行政复议案件3件。", "一季度调解纠纷30件，化解率100%。",
        "计划全年开展应急演练20场。", "新建法治文化广场2个。", "受理法律援助案件7件，挽回经济损失12万元。",
        "建成“矛盾纠纷调处中心”，在8个村、1个居委会推行。", "化解欠薪案件6起，涉及金额42.1万元。", "排查矛盾纠纷隐患211条。", "参加区级应急演练2次。",
        "指导企业开展应急演练30场。", "食品安全检查餐饮店86家。", "村（社区）调委会自行调解纠纷61件。", "村级防汛演练16场次，参加1480人次。",
        "行政处罚听证2件、信息公示42条。", "配合区级部门执法检查12次。", "司法所直接调解纠纷32件。", "网上法律咨询平台注册用户326人。", "矛盾纠纷由上年的40件增至79件。",
        "对照2024年工作计划，可由台账核对的应急演练指标已完成2项。", "镇级调委会调解28件。",
    ],
)  # fmt: skip
def test_what_no_ledger_answers_for_is_never_called_wrong(text, ledgers):
    assert set(verdicts(text, ledgers)) == {"unknown"}


@pytest.mark.parametrize("aside", ["111件次", "8件次"])
def test_a_number_in_brackets_that_names_nothing_may_be_of_last_year_or_a_part(aside, ledgers):
    assert verdicts(f"合同审查136件次（{aside}）。", ledgers) == ["right", "unknown"]
    assert verdicts("应急演练14场（6042人次）。", ledgers) == ["right", "right"]


def test_a_part_that_tells_of_next_year_is_no_result(ledgers):
    assert verdicts("四、2026年的主要安排\n开展应急演练16场。", ledgers) == ["unknown"]


def remarked(text, ledgers):
    return [(text[one.start : one.end], one.why) for one in remarks(text, judge(bind(text, ledgers), ledgers), ledgers)]


def test_last_years_year_left_in_a_title_is_found(ledgers):
    text = "青木镇2024年法治政府建设情况的报告\n2024年以来，我镇较2024年有进步。"
    assert remarked(text, ledgers) == [("2024年", "标题中写的是2024年，本报告为2025年")]


@pytest.mark.parametrize(
    ("text", "at", "said"),
    [
        ("参加演练超6000余人次。", "超6000余", "两个约数词"), ("非常满意802条，满意163条，合计975条。", "975条", "相加为965"),
        ("受理案件80件，其中民事60件、行政30件。", "30件", "相加为90，超过总数80件"), ("合同纠纷最多。", "合同纠纷最多", "最多的是邻里纠纷（23件），合同纠纷为7件"),
        ("从类型看，邻里纠纷数量最少。", "邻里纠纷数量最少", "最少的是合同纠纷"),
        ("植树30棵，种花10株、种草5株，两样加起来25株。", "25株", "相加为15"),
    ],
)  # fmt: skip
def test_what_else_is_wrong_is_told_with_its_place(text, at, said, ledgers):
    ((where, why),) = remarked(text, ledgers)
    assert where == at
    assert said in why


@pytest.mark.parametrize(
    "text",
    [
        "非常满意802条，满意163条，合计965条。", "受理案件80件，其中民事60件、行政20件。", "受理案件80余件，其中民事60件、行政30件。", "邻里纠纷最多，合同纠纷最少。",
        "化解率96%，其中调解99%。", "举办3场，其中参加120人。", "三季度邻里纠纷最少。", "邻里纠纷23件、合同纠纷7件，总共调解矛盾纠纷125件。",
    ],
)  # fmt: skip
def test_what_adds_up_is_not_remarked_on(text, ledgers):
    assert remarked(text, ledgers) == []


@pytest.mark.parametrize("between", ["", "、", "，"])
def test_very_many_figures_side_by_side_are_answered(between, ledgers):
    judged = verdicts(f"调解矛盾纠纷{between.join(['125件'] * 2500)}。", ledgers)
    assert (len(judged), judged[0]) == (2500, "right")


@pytest.mark.parametrize("verb", ["负增长", "下降"])
def test_a_negative_growth_is_a_decrease(verb, ledgers):
    assert verdicts(f"行政处罚决定64份，同比{verb}9.9%。", ledgers) == ["right", "derived"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("去年（2024年）调解矛盾纠纷118件，法律咨询604件次。", ["right", "right"]),
        ("去年一年（2025年），调解矛盾纠纷125件，涉及金额639.33万元。", ["right", "right"]),
        ("行政处罚决定由71份变为64份，减少7份。", ["right", "right", "derived"]),
        ("行政处罚决定由71份变为64份，减少9份。", ["right", "right", "wrong"]),
        ("应急演练由12场增至14场，参与人次增至6042人次。", ["right", "right", "right"]),
        ("应急演练由12场增至14场，参与人次增至6024人次。", ["right", "right", "wrong"]),
        ("应急演练比上年多2场，参与人次增加724人次。", ["derived", "derived"]),
        ("登记在册的矛盾纠纷125人次。", ["doubtful"]),
        ("矛盾纠纷调解成功率94.4‰。", ["doubtful"]),
        ("全镇信访率1.2‰。", ["unknown"]),
        ("人民调解员125名。", ["unknown"]),
    ],
)
def test_what_goes_on_from_the_figure_before_has_its_own_noun_measure_and_year(text, said, ledgers):
    assert verdicts(text, ledgers) == said
