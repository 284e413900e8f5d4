"""Tables as other places lay them out: what stands in a cell is told by titles wherever they stand."""

from dataclasses import replace
from decimal import Decimal

import docx
import pytest

from fazhi.checking.binding.known_figures import Figure, Ledgers
from fazhi.checking.check import judged
from fazhi.checking.reading.draft import read_draft
from fazhi.dictionary.aliases import Aliases
from fazhi.dictionary.loading import load_specs
from fazhi.dictionary.models import Column
from fazhi.values.closed_lists import column_vocabulary

VALUES = {
    "disputes.mediated": (203, 190), "disputes.success_rate": ("0.965", "0.95"), "drills.held": (14, 12),
    "drills.participants": (6042, 5318), "inspections.visits": (371, 352), "penalties.decisions": (75, 93),
    "penalties.fines_yuan": (5_083_700, 3_935_400), "normative_documents.reviewed": (21, 20), "normative_documents.repealed": (4, 6),
}  # fmt: skip
SHARED = {"邻里纠纷": 60, "婚姻家庭纠纷": 31, "石桥村": 45}
MONTHS = {(1, 3): 48, (4, 6): 57, (1, 6): 105, (7, 12): 98, (12, 12): 17}  # of disputes
KINDS = Column(label="纠纷类型", kind="vocabulary", values={"邻里纠纷": (), "婚姻家庭纠纷": (), "合同纠纷": ()})


@pytest.fixture(scope="module")
def ledgers() -> Ledgers:
    specs = load_specs().indicators
    figures = [Figure(specs[name], Decimal(now), Decimal(before), {}) for name, (now, before) in VALUES.items()]
    columns = {"disputes": {"邻里纠纷": "dispute_type", "婚姻家庭纠纷": "dispute_type", "石桥村": "village"}}

    def parts(figure, where, months=None):
        of_months = MONTHS.get(months) if months and not where else None
        value = SHARED.get(next(iter(where.values()), "")) if where and not months else of_months
        return Decimal(value) if figure.indicator.id == "disputes.mediated" and value is not None else None

    lists = {"disputes": {"dispute_type": column_vocabulary("disputes.dispute_type", KINDS, Aliases())}}
    keepers = {"disputes": "司法所", "inspections": "综合行政执法大队", "drills": "应急管理办"}
    return Ledgers(2025, tuple(figures), parts, columns, (), frozenset(), lists=lists, keepers=keepers)


def _told(folder, text, ledgers):
    (folder / "稿.txt").write_text(text, encoding="utf-8")
    answer = judged(read_draft(folder / "稿.txt"), "稿.txt", 2025, ledgers)
    return {one.claim.quantity.text.rstrip("。"): one.verdict for one in answer.judgements}


LAYOUTS = {
    "titles in two rows": "|事项|单位|数量||同比||\n|||2025年|2024年|增减数|增幅|\n|调处纠纷|起|203|190|13|6.8%|\n|执法检查|家次|371|352|19|5.4%|",
    "years down": "|年度|纠纷调解（件）|成功率（%）|演练（场）|\n|2023|188|94.1|9|\n|2024|190|95|12|\n|2025|203|96.5|14|\n|增减|13|1.5|2|",
    "names and numbers side by side": "|指标|数值|指标|数值|\n|执法检查|371家次|调解纠纷|203件|\n|应急演练|14场|行政处罚决定|75份|",
    "no titles": "|执法检查|371家次|\n|调解纠纷|203件|\n|罚款|508.37万元|",
    "units above": "表2 工作情况\n单位：件、场\n|内容|上年|本年|增减|\n|化解矛盾纠纷|190|203|13|\n|应急演练|12|14|2|",
    "a unit in the corner": "|单位：万元|2024年|2025年|\n|罚款金额|393.54|508.37|",
    "two in a cell": "|工作|2025年|\n|应急演练（场/参与人次）|14/6042|\n|行政处罚（件/万元）|75/508.37|",
    "parts": "|序号|内容|2025年|\n|一|纠纷调解（件）|203|\n||其中：邻里纠纷|60|\n||婚姻家庭纠纷|31|\n|二|规范性文件清理（件）|21|\n||其中：废止|4|",
    "units in words and beside the number": "|类别|检查家次|处罚份数|罚款万元|\n|2025|371|75|508.37|\n|2024|352|93|393.54|",
    "a part with a name of its own": "|事项|数值|去年|变动|\n|清理规范性文件|21（件）|20|1|\n|　其中废止规范性文件|4（件）|6|-2|",
    "a month beside the year": "|工作|单位|本月|1—12月累计|去年同期累计|累计同比|\n|调处纠纷|件|11|203|190|6.8%|\n|执法检查|家次|28|371|352|5.4%|",
    "cells of sentences": "【解纷】调解矛盾纠纷203件｜成功率96.5%｜演练14场\n【执法】执法检查371家次｜罚款508.37万元｜走访9户",
    "a list": "一、治理类\n（1）调解纠纷 203件\n（2）执法检查：371家次\n二、应急类\n应急演练/场：14\n演练参与/人次：6042",
    "wide blanks": "执法检查　　371　家次\n调解纠纷　　203　件\n应急演练　　14　　场",
    "a row of units": "|指标|调解纠纷|执法检查|\n|单位|件|家次|\n|2025年|203|371|\n|2024年|190|352|",
    "changes in words": "|科室|工作|今年|与去年相比|\n|司法所|调处纠纷|203件|增加13|\n||应急演练|14场|增加2场|",
    "what was done": "|任务|目标|完成情况|\n|矛盾化解|成功率99%|调解纠纷203件，成功率96.5%|\n|应急|10场|演练14场、6042人次|",
    "places": "|村（社区）|调解纠纷（件）|\n|石桥村|45|\n|合计|203|",
    "several years, each in its column": "主要指标（2023—2025年）\n|指标|单位|2023年|2024年|2025年|2025年比上年增减|\n|调解纠纷|件|180|190|203|13|\n|执法检查|家次|340|352|371|19|",
    "a form that is filled in": "|统计表||||\n|填报单位：法治办||填报时间：2026年1月8日||\n|项目|代码|本年|上年|备注|\n|甲|乙|1|2|3|\n|调解纠纷（件）|01|203|190||\n|执法检查（家次）|02|371|352|其中联合检查3次|",
    "titles again on the next page": "|指标|2025年|2024年|\n|调解纠纷（件）|203|190|\n|指标|2025年|2024年|\n|执法检查（家次）|371|352|",
    "rates of completion": "|任务|目标|完成|完成率|上年|\n|执法检查（家次）|350|371|106%|352|\n|罚款（万元）|400|508.37|127.1%|393.54|",
    "changes under numbers": "|调解纠纷|执法检查|应急演练|\n|203件|371家次|14场|\n|比上年增加13件|比上年增加19家次|比上年增加2场|",
    "two years in a cell": "|指标|本年/上年|\n|调解纠纷（件）|203/190|\n|执法检查|371家次/352家次|",
    "titles over titles": "|年份|执法||应急||\n||检查（家次）|处罚（份）|演练（场）|演练参与（人次）|\n|2025年|371|75|14|6042|\n|2024年|352|93|12|5318|",
    "kinds across, in short": "|类型|邻里|婚姻家庭|合同|总量|\n|件数|60|31|—|203|\n|占比（%）|29.6|15.3|—|100|",
    "parts of the year": "|时间|调解纠纷（件）|\n|第一季度|48|\n|二季度|57|\n|上半年小计|105|\n|7—12月|98|\n|全年|203|",
    "this month": "工作月报（2025年12月）\n|工作|单位|本月|1—12月|1—6月|\n|调解纠纷|件|17|203|105|",
    "a first cell left empty": "\t本年\t上年\n调解纠纷（件）\t203\t190\n执法检查（家次）\t371\t352",
    "a blank line between rows": "事项    单位    本年    上年\n调解纠纷    件    203    190\n\n执法检查    家次    371    352\n应急演练    场    14    12",
    "a number and its change": "|工作|数量及同比|\n|调解纠纷|203件（同比增长6.8%）|\n|执法检查|371家次|",
    "signs in titles": "||数据|上年数据|增（+）减（-）|\n|1.调解纠纷（件）|203|190|13|\n|2.执法检查（家次）|371|352|19|",
    "units beside some numbers": "|事项|数值|上年|\n|调解纠纷|203（件）|190|\n|执法检查|371家次|352|",
    "two titles of a row": "|类别|事项|2025年|2024年|\n|执法监管|罚没款（万元）|508.37|393.54|\n||行政处罚（件）|75|93|",
    "shares under other names": "|类型|件数|占总数比例|\n|邻里|60|29.6|\n|婚姻家庭|31|15.3|\n|总计|203|100|",
    "units of several kinds": "填报单位：执法队　　统计期间：2025年1—12月　　单位：件、万元\n|指标|本年|上年|\n|调解纠纷|203|190|\n|罚款金额|508.37|393.54|",
    "a subtotal of all": "|类型|件数（件）|\n|邻里纠纷|60|\n|婚姻家庭纠纷|31|\n|小计|203|",
    "parts marked as yearbooks do": "|类别|项目|计量|2025年|2024年|增减额|增减幅度（%）|\n|文件|清理规范性文件|件|21|20|1|5.0|\n||#废止|件|4|6|-2|-33.3|\n|解纷|调处纠纷|件|203|190|13|6.8|",
    "more or less": "|事项|今年|去年|多/少|\n|调解纠纷（件）|203|190|13|\n|执法检查（家次）|371|352|19|",
    "shares in percent signs": "|类型|受理数|占总数%|\n|邻里纠纷|60|29.6|\n|婚姻家庭纠纷|31|15.3|\n|总数|203|100|",
    "last year's total": "调解情况（单位：件）\n|类型|本年|\n|邻里纠纷|60|\n|婚姻家庭纠纷|31|\n|合计|203|\n|上年合计|190|",
    "columns by blanks, some empty": "表一  调解与处罚\n事项           单位   本年     上年   增减\n调解纠纷       件     203      190    13\n罚款金额       万元   508.37\n执法检查       家次            352\n应急演练       场     14       12     2",
    "lists side by side": "|执法|数量| |应急|数量|\n|执法检查|371家次||应急演练|14场|\n|行政处罚|75份||演练参与|6042人次|",
    "parts under 其中": "|事项|总数（件）|其中||\n|||邻里纠纷|婚姻家庭纠纷|\n|调解纠纷|203|60|31|",
    "shares of all the town": "纠纷调解情况\n|类型|调解数|占全镇|\n|邻里纠纷|60|29.6%|\n|婚姻家庭纠纷|31|15.3%|\n|合计|203|100%|",
    "a change in percent signs": "|事项|本年|上年|增减|增减%|\n|调解数|203|190|13|6.8|\n|执法检查（家次）|371|352|19|5.4|",
    "places across": "|事项|石桥村|合计|\n|化解矛盾纠纷|45|203|\n|邻里纠纷||60|",
    "a form read row by row": "|项目|内容|项目|内容|\n|应急演练|14场|办公面积|186平方米|\n|调解矛盾纠纷|203件|其中邻里纠纷|60件|\n|婚姻家庭纠纷|31件|公示牌|8块|",
    "shares under a title with a unit": "|类型|调解纠纷（件）||\n||数量|占比（%）|\n|邻里纠纷|60|29.6|\n|婚姻家庭纠纷|31|15.3|",
    "kinds in short under a title": "|调解纠纷（件）|||\n|邻里|婚姻家庭|合计|\n|60|31|203|",
    "the year two lines above": "2025年完成情况表\n镇办公室编制（2025年12月31日止）\n|事项|完成数|2024年|\n|调解纠纷（件）|203|190|\n|执法检查（家次）|371|352|",
    "units in notes": "|事项|次数|备注|\n|应急演练|14|单位：场|\n|行政处罚决定|75|单位：份|\n|执法检查|371|单位：家次|",
}  # fmt: skip


@pytest.mark.parametrize("layout", LAYOUTS)
def test_figures_are_bound_in_any_layout_and_each_wrong_one_is_found(tmp_path, layout, ledgers):
    text = LAYOUTS[layout]
    told = _told(tmp_path, text, ledgers)
    held = [figure for figure, verdict in told.items() if verdict in ("right", "derived")]
    assert "wrong" not in told.values() and len(held) >= 2 + (layout not in ("a unit in the corner", "places"))
    for figure in held:
        digit = figure[0]
        wrong = text.replace(figure, str((int(digit) + 3) % 9 + 1) + figure[1:])
        assert "wrong" in _told(tmp_path, wrong, ledgers).values(), figure


@pytest.mark.parametrize(
    "text",
    [
        "|任务|年度目标|完成率|\n|应急演练（场）|20|140%|\n|调解成功率|99%|97%|",
        "|村（社区）|调解员（人）|宣传栏（块）|\n|石桥村|5|2|\n|合计|20|8|",
        "|单位|调解纠纷（件）|\n|长岭村|17|\n|希望小学|3|",  # of no village of the town
        "|培训|人次|\n|广场舞培训（人次）|240|\n|培训（人次）|210|",
        "|类别|事项|数量（件）|\n|纠纷|邻里纠纷|60|\n||小计|91|",
        "|类型|件数（件）|\n|邻里纠纷|60|\n|婚姻家庭纠纷|31|\n|合计|91|",  # of those that are listed
        "|类型|件数（件）|\n|邻里纠纷|60|\n|婚姻家庭纠纷|31|\n|正在调解|109|",
        "|活动|数量|内容|\n|执法检查（家次）|371|3·15、12·4宣传|\n|走访（家次）|40|上门|",
        "|事项|数值|\n|调解矛盾纠纷|203件|\n|其中民事纠纷调解|30件|",
        "|事项|2023年|2024年|2025年|合计|\n|调解纠纷（件）|180|190|203|573|\n|年均|1|1|1|1|",
        "|年度|调解纠纷（件）|\n|2024年|190|\n|2025年|203|\n|合计|393|",
        "|季度|三季度|四季度|\n|调解纠纷（件）|40|52|",  # which the ledger cannot count
        "|季度|一季度|二季度|\n|执法检查（家次）|40|52|",
        "|任务|目标|完成率|\n|应急演练（场）|20|140%|\n|执法检查（家次）|350家次|100%|",
        "|任务|年度目标|实际完成|完成率|\n|执法检查（家次）|350|371|100%|",  # no more is written than that
        "|事项|本年|备注|\n|行政处罚决定（份）|75|其中2份简易程序|",
        "应急演练    场    18    12    6\n执法检查    家次    400    352    48",  # no title says what is what
        "2023—2024年情况\n|事项|数量|\n|调解纠纷（件）|393|",
        "|年份|矛盾纠纷排查|\n||隐患数（个）|\n|2025年|12|",
        "检查及处罚情况表\n|领域|检查对象（家次）|立案|\n|消防|103|3|\n|市容|268|18|\n|合计|371|21|",  # 立案 of what is not known
        "纠纷调解情况\n|类型|调解数|村调解员|\n|邻里纠纷|60|3|\n|婚姻家庭纠纷|31|2|",
        "|任务|目标|责任单位|目标|\n|应急演练（场）|20|应急办|30|",  # no lists side by side
        "法律咨询\n|方式|今年|\n|石桥村|5|\n|柳湾村|9|",  # a ledger the town has not
        "单位：场        本年        备注\n应急演练                   18\n调解员       6",  # under no column for certain
    ],
)
def test_plans_parts_and_other_things_are_not_called_wrong(tmp_path, text, ledgers):
    assert not {"wrong", "doubtful"} & set(_told(tmp_path, text, ledgers).values())


BY_OFFICE = {"司法所": 150, "党政办": 53}


@pytest.fixture(scope="module")
def by_office(ledgers) -> Ledgers:
    """Disputes by the office that brought them, all kept by one of them; drills by village."""
    figures = tuple(replace(one, offices={"司法所": 203} if one.indicator.ledger == "disputes" else {}) for one in ledgers.figures)  # fmt: skip
    values = {"disputes": dict.fromkeys(BY_OFFICE, "department"), "drills": {"石桥村": "village", "柳湾村": "village"}}

    def parts(figure, where, months=None):
        return Decimal(BY_OFFICE.get(*where.values(), 12)) if where else None

    return replace(ledgers, figures=figures, values=values, parts=parts, offices=tuple(BY_OFFICE))


def test_offices_side_by_side_are_parts_also_the_one_that_keeps_the_ledger(tmp_path, by_office):
    table = "|送审科室|调解纠纷（件）|\n|司法所|150|\n|党政办|53|\n|合计|203|"
    assert set(_told(tmp_path, table, by_office).values()) == {"right"}
    assert _told(tmp_path, table.replace("150", "160"), by_office)["160"] == "wrong"
    across = "|科室|司法所|党政办|\n|调解纠纷（件）|150|54|"
    assert _told(tmp_path, across, by_office) == {"150": "right", "54": "wrong"}
    of_its_own = "|科室|调解纠纷（件）|执法检查（家次）|\n|司法所|203||\n|党政办||371|"
    assert _told(tmp_path, of_its_own, by_office)["203"] == "right"


def test_the_whole_where_a_part_belongs_is_doubted_beside_parts_that_are_right(tmp_path, ledgers):
    told = _told(tmp_path, "|类型|调解纠纷（件）|\n|邻里纠纷|203|\n|婚姻家庭纠纷|31|", ledgers)
    assert told == {"203": "doubtful", "31": "right"}
    alone = _told(tmp_path, "|类型|调解纠纷（件）|\n|邻里纠纷|203|\n|合同纠纷|9|", ledgers)
    assert alone["203"] == "unknown"


def test_taking_part_is_no_list_of_parts(tmp_path, by_office):
    table = "|村|应急演练（场）|演练参与（人次）|\n|石桥村|12|12|\n|柳湾村|13|14|"
    assert _told(tmp_path, table, by_office) == {"12": "right", "13": "wrong", "14": "wrong"}


def test_merged_cells_of_word_are_read_as_they_look(tmp_path, ledgers):
    document = docx.Document()
    table = document.add_table(rows=4, cols=4)
    for row, texts in zip(
        table.rows,
        (
            ("事项", "数量", "", "备注"),
            ("", "2025年", "2024年", ""),
            ("调处纠纷（件）", "230", "190", "含积案"),
            ("执法检查（家次）", "371", "352", ""),
        ),
        strict=True,
    ):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    table.cell(0, 1).merge(table.cell(0, 2))
    table.cell(0, 0).merge(table.cell(1, 0))
    document.save(tmp_path / "稿.docx")
    answer = judged(read_draft(tmp_path / "稿.docx"), "稿.docx", 2025, ledgers)
    assert [(one.claim.quantity.text, one.verdict) for one in answer.judgements] == [
        ("230", "wrong"), ("190", "right"), ("371", "right"), ("352", "right"),
    ]  # fmt: skip
