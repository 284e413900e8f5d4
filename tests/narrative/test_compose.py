"""The report's text is true and well-formed for any town, and every figure in it leads back to its source."""

import re
from dataclasses import replace
from datetime import date
from importlib import resources
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fazhi.dictionary.heads import HEADS
from fazhi.dictionary.loading import load_specs
from fazhi.dictionary.models import Unit
from fazhi.dictionary.yaml_reading import build, parse_yaml
from fazhi.disclosure.published_indicators import PublishedStatistics
from fazhi.documents.model import Document
from fazhi.errors import SpecError
from fazhi.indicators.plan_targets import compare, load_mapping
from fazhi.narrative.compose import compose
from fazhi.narrative.template import Template
from fazhi.workspace.year_statistics import Received, SheetRows
from made.figures import entry_of, plan_target, published, state_of, statistics

SPECS = load_specs()
TOWN = Unit(name="青木镇", villages=("龙井村", "石桥村", "金凤社区"), offices=("司法所", "综合办"))
FEW = {"contracts.reviewed": 136, "drills.held": 14, "drills.participants": 6042, "disputes.success_rate": 0.944}

# A year as it was published (陶家镇, 2025): each figure beside what it counts.
PUBLISHED_VALUES = {
    "studies.special_sessions": 4,
    "studies.law_sessions": 12,
    "studies.attendance": 1327,
    "officers.passed_on_establishment": 14,
    "officers.least_per_department": 2,
    "service_items.categories": 8,
    "service_items.items": 18,
    "contracts.reviewed": 136,
    "contracts.major": 39,
    "contracts.major_reviewed_rate": 1.0,
    "decisions.made": 7,
    "decisions.full_procedure_rate": 1.0,
    "decisions.legality_rate": 1.0,
    "decisions.procedures": 5,
    "normative_documents.reviewed": 9,
    "normative_documents.repealed": 3,
    "inspections.visits": 371,
    "inspections.hazards_found": 406,
    "inspections.rectification_rate": 1.0,
    "penalties.decisions": 64,
    "penalties.fines_yuan": 29500,
    "case_reviews.reviewed": 23,
    "case_reviews.excellent_rate": 1.0,
    "drills.held": 14,
    "drills.participants": 6042,
    "emergency_outreach.campaigns": 10,
    "emergency_outreach.households": 700,
    "emergency_outreach.leaflets": 1236,
    "disputes.mediated": 125,
    "disputes.amount_yuan": 6393300,
    "disputes.success_rate": 0.944,
    "publicity.court_tours": 1,
    "consultations.cases": 660,
    "oversight.opinions": 2,
    "oversight.opinions_resolved_rate": 1.0,
    "oversight.forums": 4,
    "oversight.reports": 6,
    "service_station.online_people": 214,
    "service_station.offline_sessions": 15,
    "tasks.assigned": 26,
    "tasks.done": 26,
    "honours.model_villages_city": 3,
    "leadership.meetings": 3,
    "leadership.issues_resolved": 9,
    "leadership.studies": 4,
}
PUBLISHED_PLAN = [
    ("习近平法治思想专题学习培训", 4, "场次"),
    ("法治进校园活动", 3, "场"),
    ("执法人员专题培训", 2, "场"),
    ("执法资格考试", 1, "次"),
    ("人民调解员培训", 2, "场"),
    ("法治导航站线下集中服务", 16, "场"),
    ("针对性普法宣传活动", 6, "场"),
    ("法治业务培训", 3, "场"),
]
PUBLISHED_PHRASES = (
    "专题学习4场",
    "法律法规学习12次",
    "参加学习1300余人次",
    "14名在编干部",
    "均配有2名以上",
    "8类、18项",
    "合同合法性审查136件次，较2024年增长23%",
    "重大合同合法性审查覆盖率100%",
    "重大行政决策合法性审查覆盖率100%",
    "5项程序",
    "执法检查371家次",
    "整改闭环率100%",
    "处罚决定64份，罚款2.95万元",
    "案卷23次，优秀案卷占100%",
    "演练14场",
    "群众6000余人次",
    "集中宣传10次",
    "宣传700家次",
    "宣传单1200余张",
    "8个村、1个居委会",
    "矛盾纠纷125件",
    "金额639.33万元",
    "巡回庭审1次",
    "法律咨询660件次",
    "监督意见2次，意见办结率100%",
    "座谈会4次",
    "报告工作6次",
    "线上平台服务群众200余人次",
    "集中服务15场",
    "任务26项",
    "3个市级“民主法治示范村（社区）”",
    "专题会议3次",
    "问题9个",
    "参加专题学习4次",
    "专题学习培训4场次",
    "法治进校园活动3场",
    "合法性审查率达到100%",
    "执法人员专题培训2场",
    "考试1次",
    "100%持证上岗",
    "调解员培训2场",
    "集中服务16场",
    "普法宣传活动6场",
    "业务培训3场",
)

AGAIN = "处理后重新运行 fazhi run 2025。"


def year_of(
    value: Any = None, previous: Any = None, only: dict[str, Any] | None = None, plan: Any = (), **facts: Any
) -> PublishedStatistics:
    """Statistics in which every indicator has `value`, but for those in `only`."""
    only = only or {}
    indicators = {}
    for name, spec in SPECS.indicators.items():
        now = only.get(name, value(name) if callable(value) else value)
        before = previous(name) if callable(previous) else previous
        rows = [SheetRows(f"司法所/{spec.ledger}.xlsx", "Sheet1", [4, 5, 6])]
        indicators[name] = entry_of(spec, now, before, **{"rows": rows, "row_count": 3, **facts})
    open_rows = facts.get("open_rows", 0)
    ledgers = {name: state_of(ledger, kept=3, quarantined=open_rows) for name, ledger in SPECS.ledgers.items()}
    return published(statistics(indicators, ledgers, plan_targets=[plan_target(*target) for target in plan]))


def changed(town: PublishedStatistics, indicator: str, **facts: Any) -> PublishedStatistics:
    """The same with other facts of one indicator."""
    return replace(town, indicators={**town.indicators, indicator: replace(town.indicators[indicator], **facts)})


def text_of(document: dict[str, Any]) -> str:
    return "\n".join(
        block.get("text") or "".join(run["text"] for run in block.get("runs", [])) for block in document["blocks"]
    )


def runs_of(document: dict[str, Any]) -> list[dict[str, Any]]:
    return [run for block in document["blocks"] for run in block.get("runs", [])]


def notice_of(document: dict[str, Any]) -> list[str]:
    return [item for block in document["blocks"] if block["type"] == "notice" for item in block["items"]]


def rate(name: str) -> bool:
    return SPECS.indicators[name].unit == "%"


TOWNS = {
    "published": year_of(1, 1, only=PUBLISHED_VALUES, plan=PUBLISHED_PLAN),
    "all zero": year_of(0, lambda name: 0.5 if rate(name) else 9),
    "zero, rates of nothing": year_of(lambda name: None if rate(name) else 0, None, status="complete"),
    "no ledger at all": year_of(None, None),
    "falling": year_of(lambda name: 0.5 if rate(name) else 70, lambda name: 0.75 if rate(name) else 90),
    "all one": year_of(1, 1),
    "tiny": year_of(lambda name: 0.004 if rate(name) else 1, lambda name: 0.9 if rate(name) else 1000),
    "huge, no year before": year_of(lambda name: 0.99996 if rate(name) else 1234567, None),
    "nothing but quarantined rows": year_of(0, 5, open_rows=2, status="open"),
    "some rows quarantined": year_of(lambda name: 0.9 if rate(name) else 12, 0, open_rows=2, status="open"),
}


def check_well_formed(document: dict[str, Any]) -> None:
    Document(**document)
    text = text_of(document)
    assert not re.search(r"None|nan|NaN|[{}]|[\ue000-\uf8ff]|\*\*|�", text)
    assert not re.search(r"(?<![\d.])0(?![\d.])", text), "a zero was printed as a figure"
    assert not re.search(r"[，。；：、]{2}|（）|〔〕|“”|《》|[，、：](?:\n|$)|^[，。、]", text, re.M)
    assert not re.search(r"(?:近|超|逾)[\d.]+万?余|余余|[,;:()?!\"]", text)
    assert all(text.count(a) == text.count(b) for a, b in ("“”", "《》", "（）", "〔〕"))
    assert all(run["text"] and set(run) <= {"text", "bold", "figure", "gap", "open"} for run in runs_of(document))
    printed = {run["figure"] for run in runs_of(document) if "figure" in run}
    assert printed == set(document["evidence"])
    for block in document["blocks"]:
        if block["type"] == "paragraph":
            assert "".join(run["text"] for run in block["runs"])[-1] in "。〕"
            typed = "".join(run["text"] for run in block["runs"] if "figure" not in run)
            assert not re.search(r"\d", re.sub(r"202[456]年|^\d+\. ", "", typed)), f"typed figure: {typed}"
    check_heads([block for block in document["blocks"] if block["type"] != "notice"])


def check_heads(blocks: list[dict[str, Any]]) -> None:
    numerals = "一二三四五六七八九十"
    counts = [0, 0]
    for block, following in zip(blocks, [*blocks[1:], None], strict=True):
        if block["type"] == "heading":
            level = block["level"]
            counts = [counts[0] + 1, 0] if level == 1 else [counts[0], counts[1] + 1]
            number = numerals[counts[level - 1] - 1]
            assert block["text"].startswith(f"{number}、" if level == 1 else f"（{number}）")
            assert following and (following["type"] == "paragraph" or following["level"] > level), (
                f"nothing under {block['text']}"
            )


@pytest.mark.parametrize("town", TOWNS.values(), ids=TOWNS.keys())
def test_the_text_is_well_formed_for(town: PublishedStatistics) -> None:
    check_well_formed(compose(town, TOWN, 2025))


VALUES = st.sampled_from([None, 0, 1, 2, 97, 1327, 13270])
RATES = st.sampled_from([None, 0, 0.0004, 0.5, 0.9996, 1.0])


@settings(max_examples=25, deadline=None)
@given(st.data())
def test_the_text_is_well_formed_for_any_mixture(data: st.DataObject) -> None:
    town = year_of(1, 1)
    for name in town.indicators:
        kind = RATES if rate(name) else VALUES
        value, previous = data.draw(kind), data.draw(kind)
        open_rows = data.draw(st.sampled_from([0, 0, 3]))
        status = data.draw(st.sampled_from(["missing", "complete"])) if value is None else "complete"
        town = changed(town, name, value=value, previous=previous, open_rows=open_rows, status=status)
    check_well_formed(compose(town, TOWN, 2025))


def test_every_published_figure_stands_beside_what_it_counts() -> None:
    kept = {SPECS.indicators[name].ledger for name in PUBLISHED_VALUES}
    nothing = {
        name: 0 for name, spec in SPECS.indicators.items() if spec.ledger not in kept
    }  # ledgers that the town had not
    town = year_of(only=nothing | PUBLISHED_VALUES, plan=PUBLISHED_PLAN)
    town = changed(town, "contracts.reviewed", previous=111)
    unit = Unit(name="陶家镇", villages=("友爱村", "陶家居委会"), offices=("司法所",))
    document = compose(replace(town, villages={"村": 8, "居": 1}), unit, 2025)
    missing = [phrase for phrase in PUBLISHED_PHRASES if phrase not in text_of(document)]
    assert missing == []
    assert notice_of(document) == []


def test_parts_and_heads_stand_in_the_published_order() -> None:
    heads = [block["text"] for block in compose(TOWNS["published"], TOWN, 2025)["blocks"] if block["type"] == "heading"]
    parts = [head for head in heads if not head.startswith("（")]
    assert [head[2:] for head in parts] == [
        "2025年推进法治政府建设的主要举措和成效",
        "2025年党政主要负责人履行推进法治建设第一责任人职责，加强法治政府建设的有关情况",
        "2025年推进法治政府建设存在的不足和原因",
        "2026年推进法治政府建设的主要安排",
        "其他需要报告的情况",
    ]
    assert [head.split("）")[1] for head in heads[1:11]] == list(HEADS.values())


def test_order_of_parts_and_heads_is_configuration() -> None:
    order = ("measures", "shortcomings", "leadership", "plan", "other")
    heads = {"enforcement": "（一）加强行政执法规范化建设", "study": "学习贯彻习近平法治思想"}
    unit = TOWN.model_copy(
        update={"heads": {**heads, **{block: None for block in HEADS if block not in heads}}, "parts": order}
    )
    document = compose(TOWNS["published"], unit, 2025)
    texts = [block["text"] for block in document["blocks"] if block["type"] == "heading"]
    assert "检查371家次" in text_of(document).split("（二）")[0]
    assert texts[1:3] == ["（一）加强行政执法规范化建设", "（二）学习贯彻习近平法治思想"]
    assert texts[3].startswith("二、2025年推进法治政府建设存在的不足")


@pytest.mark.parametrize("block", HEADS)
def test_renaming_a_head_is_one_line_and_loses_no_text(block: str) -> None:
    """Whatever the head says: the text that stood below it stays, and so does the place."""
    before = text_of(compose(TOWNS["published"], TOWN, 2025))
    renamed = TOWN.model_copy(update={"heads": {block: "打造青木品牌"}})
    assert text_of(compose(TOWNS["published"], renamed, 2025)) == before.replace(HEADS[block], "打造青木品牌")


@pytest.mark.parametrize(
    ("heads", "order"),
    [
        ({"oversight": "监督"}, list(HEADS)),
        ({"oversight": "监督", "品牌": "打造品牌"}, [*list(HEADS)[:8], "品牌", *list(HEADS)[8:]]),
        ({"technology": None}, [block for block in HEADS if block != "technology"]),
        ({"mechanism": "机制", "study": "学习"}, ["mechanism", *list(HEADS)[:9]]),
    ],
)
def test_heads_keep_their_place_unless_the_town_says_otherwise(heads: dict[str, str | None], order: list[str]) -> None:
    unit = TOWN.model_copy(update={"heads": heads})
    assert list(unit.sections) == order


def test_renaming_every_head_loses_no_text() -> None:
    heads = {block: f"本地第{number}节小标题" for number, block in enumerate(HEADS, 1)}
    usual = compose(TOWNS["published"], TOWN, 2025)
    renamed = compose(TOWNS["published"], TOWN.model_copy(update={"heads": heads}), 2025)
    lines = text_of(renamed)
    for block, head in HEADS.items():
        assert head in text_of(usual) and heads[block] in lines and head not in lines
        lines = lines.replace(heads[block], head)
    assert lines == text_of(usual) and renamed["evidence"] == usual["evidence"]


@pytest.mark.parametrize(("block", "like"), [("oversite", "最接近的是“oversight”"), ("plan", "不是 report.md 的块")])
def test_a_head_of_an_unknown_block_is_told_with_the_nearest(block: str, like: str) -> None:
    with pytest.raises(SpecError, match=like) as told:
        compose(TOWNS["published"], TOWN.model_copy(update={"heads": {block: "监督"}}), 2025)
    assert "data/raw/2025/report.md 中写同名的 block" in str(told.value)


def test_a_block_named_twice_and_heads_without_blocks_are_told() -> None:
    with pytest.raises(SpecError, match=r"unit\.yml 第 3 行写法有误：“study”写了两次"):
        parse_yaml("heads:\n  study: 甲\n  study: 乙\n", "unit.yml")
    with pytest.raises(SpecError, match="“heads”：应写成“块: 小标题”，一行一个"):
        build(Unit, {"name": "青木镇", "villages": [], "offices": [], "heads": ["学习"]}, "unit.yml")


def test_an_unknown_part_is_refused_with_the_nearest() -> None:
    unit = TOWN.model_copy(update={"parts": ("measures", "plans")})
    with pytest.raises(SpecError, match="没有“plans”这一部分，最接近的是“plan”"):
        compose(TOWNS["published"], unit, 2025)


def test_evidence_says_where_a_figure_comes_from() -> None:
    town = year_of(only=PUBLISHED_VALUES, plan=PUBLISHED_PLAN)
    town = changed(town, "contracts.reviewed", previous=111, change=0.2252)
    evidence = compose(town, TOWN, 2025)["evidence"]
    assert evidence["contracts.reviewed"] | {"definition": ""} == {
        "shown": "136件次",
        "label": "合同合法性审查",
        "definition": "",
        "value": 136,
        "unit": "件次",
        "numerator": 136,
        "denominator": None,
        "previous": 111,
        "previous_year": 2024,
        "change": 0.2252,
        "rows": [{"file": "司法所/contracts.xlsx", "sheet": "Sheet1", "count": 3}],
        "office_counts": {},
        "open_rows": 0,
        "trace": "fazhi trace contracts.reviewed --year 2025",
        "status": "complete",
        "withheld": [],
        "says": (),
    }
    change = evidence["contracts.reviewed:change"]
    assert (change["shown"], change["value"], change["numerator"], change["denominator"]) == (
        "增长23%",
        0.2252,
        136,
        111,
    )
    assert evidence["studies.attendance"]["shown"] == "1300余人次" and evidence["studies.attendance"]["value"] == 1327
    assert (
        evidence["plan:法治进校园活动"]["shown"] == "3场"
        and evidence["plan:法治进校园活动"]["rows"][0]["file"] == "a.xlsx"
    )
    assert "行政处罚法" in evidence["plan:执法人员持证上岗率"]["definition"]
    assert evidence["unit:villages"]["shown"] == "2个村" and evidence["unit:communities"]["shown"] == "1个社区"


def test_evidence_of_a_difference_is_the_difference() -> None:
    evidence = compose(year_of(1, 4, only={"contracts.reviewed": 7}), TOWN, 2025)["evidence"]
    change = evidence["contracts.reviewed:change"]
    found = [change[name] for name in ("shown", "value", "unit", "definition")]
    assert found == ["增加3件次", 3, "件次", "本年减上年"]


def sentence_about(word: str, document: dict[str, Any]) -> str:
    return next(sentence for sentence in re.split(r"[。\n]", text_of(document)) if word in sentence)


@pytest.mark.parametrize(
    ("value", "previous", "said"),
    [
        (136, 111, "办理合同合法性审查136件次，较2024年增长23%"),
        (111, 136, "办理合同合法性审查111件次，较2024年下降18%"),
        (7, 4, "办理合同合法性审查7件次，较2024年增加3件次"),
        (4, 9, "办理合同合法性审查4件次，较2024年减少5件次"),
        (9, 9, "办理合同合法性审查9件次，与2024年持平"),
        (9, None, "办理合同合法性审查9件次，上年无数据，不作比较"),
        (9, 0, "办理合同合法性审查9件次，2024年为零，不作比较"),
        (0, 9, "本年度没有办理合同合法性审查"),
        (None, 9, "办理合同合法性审查〔待核实〕件次"),
    ],
)
def test_the_sentence_follows_the_figure(value: int | None, previous: int | None, said: str) -> None:
    document = compose(year_of(1, previous, only={"contracts.reviewed": value}), TOWN, 2025)
    assert sentence_about("合同合法性审查", document) == said


def test_a_rate_of_nothing_says_nothing_and_is_no_gap() -> None:
    document = compose(year_of(lambda name: None if rate(name) else 0, None, status="complete"), TOWN, 2025)
    assert notice_of(document) == []
    assert "率" not in sentence_about("群众监督意见", document)


def test_only_what_falls_short_is_called_a_shortcoming() -> None:
    def part(value: float) -> str:
        document = compose(year_of(1, 1, only={"disputes.success_rate": value}), TOWN, 2025)
        return text_of(document).split("存在的不足\n")[1].split("原因分析")[0]

    assert "纠纷" not in part(1.0)
    assert "1. 矛盾纠纷调解成功率为94.4%，还有纠纷没有调解成功。" in part(0.944)
    assert "均未调解成功" in part(0)


@pytest.mark.parametrize(("value", "rows_out", "said"), [(90, 0, True), (90, 2, False), (100, 0, False), (0, 2, False)])
def test_a_fall_is_called_one_only_when_no_row_is_out(value: int, rows_out: int, said: bool) -> None:
    town = year_of(1, 1)
    town = changed(town, "service_station.online_people", value=value, previous=100, open_rows=rows_out)
    assert ("比上年减少" in text_of(compose(town, TOWN, 2025))) == said


def test_an_open_rate_of_zero_is_no_shortcoming_yet() -> None:
    town = year_of(1, 1, only={"disputes.success_rate": 0})
    town = changed(town, "disputes.success_rate", open_rows=2, status="open")
    text = text_of(compose(town, TOWN, 2025))
    assert "均未调解成功" not in text and "没有调解成功" not in text


def test_a_missing_ledger_is_a_marked_gap_and_a_notice() -> None:
    document = compose(year_of(1, 1, only={"drills.held": None, "drills.participants": None}), TOWN, 2025)
    assert notice_of(document) == [
        "《应急演练台账》缺失或无法读取：“应急演练”“应急演练参与”空缺，请向应急管理办补收。",
        AGAIN,
    ]
    assert [run["figure"] for run in runs_of(document) if run.get("gap")] == ["drills.held", "drills.participants"]
    assert document["blocks"][0]["type"] == "notice"


def test_what_may_have_been_received_is_not_asked_of_an_office() -> None:
    town = year_of(1, 1, only={"drills.held": None, "drills.participants": None})
    assert notice_of(compose(replace(town, received=Received(2, ["drills"])), TOWN, 2025)) == [
        "收到而没有认出的文件2个，其中可能有《应急演练台账》。请先用 fazhi accept 加文件名指明，再看还缺什么。",
        "《应急演练台账》缺失或无法读取：“应急演练”“应急演练参与”空缺，可能就在没有认出的文件里，请先指明。",
        AGAIN,
    ]


def test_open_rows_are_told_and_the_number_kept() -> None:
    town = year_of(1, 1, only=FEW)
    town = changed(town, "contracts.reviewed", open_rows=3, status="open")
    document = compose(town, TOWN, 2025)
    assert notice_of(document) == [
        "下列台账还有待核实的行，请科室更正；更正后，所列数字（文中标※；段首标※的是全段各数）可能变动。",
        "《合同合法性审查台账》3行（司法所）：合同合法性审查136件次。",
        AGAIN,
    ]
    assert {"text": "136件次", "figure": "contracts.reviewed", "open": True} in runs_of(document)


def test_none_is_not_claimed_while_rows_are_out() -> None:
    town = year_of(1, 1, only={"drills.held": 0})
    town = changed(town, "drills.held", open_rows=2, status="open")
    document = compose(town, TOWN, 2025)
    assert "没有开展应急演练" not in text_of(document)
    assert any("《应急演练台账》有2行待核实，没有别的可以计入" in item for item in notice_of(document))


def test_targets_go_to_the_section_they_speak_of() -> None:
    plan = [
        ("人民调解员轮训", 2, "场"),
        ("法律顾问坐班", 12, "次"),
        ("志愿活动", 5, "次"),
        ("信访积案", 0, "件"),
        ("执法人员持证率", 98, "%"),
    ]
    text = text_of(compose(year_of(1, 1, plan=plan), TOWN, 2025))
    section = {part.split("\n")[0]: part for part in text.split("主要安排\n")[1].split("（")}
    assert "人民调解员轮训2场，信访积案以零为目标" in section["四）预防和化解矛盾纠纷"]
    assert "法律顾问坐班12次" in section["二）健全依法行政和依法决策制度"]
    assert "志愿活动5次" in section["七）强化工作保障"]
    assert "行政执法人员98%持证上岗" in section["三）规范行政执法"] and "执法人员持证率" not in text


def test_two_targets_of_one_name_keep_their_own_figures() -> None:
    document = compose(
        year_of(1, 1, plan=[("普法活动", 3, "场"), ("普法活动", 5, "次"), ("推广141", 4, "场")]), TOWN, 2025
    )
    assert "普法活动3场和普法活动5次" in text_of(document) and "推广141：4场" in text_of(document)
    assert document["evidence"]["plan:普法活动（2）"]["value"] == 5


def test_a_target_entered_twice_is_told_once_and_two_of_one_name_apart() -> None:
    twice = [("普法活动", 3, "场"), ("普法活动", 5, "次"), ("普法活动", 3, "场")]
    town = year_of(1, 1, only={"drills.held": 14}, plan=twice)
    results = compare([plan_target("应急演练", target) for target in (14, 10, 14)], town.indicators, {})
    document = compose(replace(town, plan_results=results), TOWN, 2025)
    assert text_of(document).count("普法活动3场") == 1 and "普法活动5次" in text_of(document)
    assert "应急演练计划14场、实际14场；应急演练计划10场、实际14场。" in text_of(document)
    assert document["evidence"]["targets:met"]["value"] == 2


def test_how_many_targets_were_met_is_no_target_of_next_year() -> None:
    """The count is derived: it stands once, marked where a result may move, and no ledger of targets is blamed for it."""
    town = year_of(1, 1, only={"drills.held": 14}, plan=[("普法活动", 3, "场")])
    [result] = compare([plan_target("应急演练", 14)], town.indicators, {})
    document = compose(replace(town, plan_results=[replace(result, open_rows=2)]), TOWN, 2025)
    assert text_of(document).count("核对的指标已完成1项") == 1 and "的计划指标1项" not in text_of(document)
    assert "由有待核实的数算出：已完成的计划指标1项。" in notice_of(document)
    assert not [item for item in notice_of(document) if "工作计划指标表》2行" in item]


def test_without_a_plan_the_notice_says_so() -> None:
    town = year_of(1, 1)
    missing = replace(town.ledgers["plan_targets"], status="missing")
    assert notice_of(compose(replace(town, ledgers={**town.ledgers, "plan_targets": missing}), TOWN, 2025)) == [
        "《下一年度工作计划指标表》缺失或无法读取：下一年安排没有目标数，请向平安法治办补收。",
        AGAIN,
    ]


HOSTILE = "**粗** # 一 `x` <b>{{ 7*7 }}</b> [a](b) \n- 项 \ue000\ue010\ue001 普法"


def test_ledger_text_is_printed_as_it_is() -> None:
    unit = TOWN.model_copy(update={"name": "{{ 7*7 }}**镇**"})
    document = compose(year_of(1, 1, only=FEW, plan=[(HOSTILE, 3, "*场*")]), unit, 2025)
    text = text_of(document)
    assert "**粗** # 一 `x` <b>{{ 7*7 }}</b> [a]（b） - 项  普法3*场*".replace("  ", " ") in text
    assert "{{ 7*7 }}**镇**2025年" in text and "49" not in text
    assert not any(run.get("bold") for run in runs_of(document))
    assert sum(run.get("figure") == "studies.special_sessions" for run in runs_of(document)) == 1


OVERRIDE = """{% extends "report.md" %}
{% block other %}
BODY
{% endblock %}
"""


def own(body: str, **facts: Any) -> dict[str, Any]:
    return compose(year_of(1, 1, only=FEW, **facts), TOWN, 2025, template_text=OVERRIDE.replace("BODY", body))


def test_a_year_may_replace_one_block() -> None:
    document = own('**全年**检查{{ "inspections.visits" | figure }},另有{{ "drills.participants" | floor }}参加.')
    assert text_of(document).endswith("五、其他需要报告的情况\n全年检查1家次，另有6000余人次参加.")
    assert document["blocks"][-1]["runs"][0] == {"text": "全年", "bold": True}
    assert "1家次" in text_of(own("{{ super() }}")) and "没有其他需要报告的事项" in text_of(own("{{ super() }}"))


def test_a_year_may_replace_the_whole_report() -> None:
    text = "\ufeff# 1. 总体\r\n\r\n## 演练\r\n\r\n1. 演练{{ 'drills.held' | figure }}。\r\n2. 无。\r\n\r\n- 另起。\r\n"
    document = compose(year_of(1, 1, only=FEW), TOWN, 2025, template_text=text)
    assert text_of(document) == "一、总体\n（一）演练\n1. 演练14场。\n2. 无。\n另起。"


def test_a_block_of_the_town_has_its_head_and_its_text() -> None:
    unit = TOWN.model_copy(update={"heads": {**dict.fromkeys(HEADS), "品牌": "打造“青木”品牌"}})
    text = OVERRIDE.replace("block other", "block 品牌").replace("BODY", "品牌已建成。")
    document = compose(year_of(1, 1), unit, 2025, template_text=text)
    assert "（一）打造“青木”品牌\n品牌已建成。" in text_of(document) and notice_of(document) == []


@pytest.mark.parametrize(
    ("body", "line", "said"),
    [
        ('{{ "contracts.reviewd" | figure }}', 3, "没有“contracts.reviewd”这个指标，最接近的是“contracts.reviewed”"),
        ('\n{{ sentence(clause("共{drill.held}")) }}', 4, "没有“drill.held”这个指标，最接近的是“drills.held”"),
        ('{{ sentense("无") }}', 3, "没有“sentense”这个变量或函数，最接近的是“sentence”"),
        ('{{ "drills.held" | flor }}', 3, "没有“flor”这个写法，最接近的是“floor”"),
        ('{{ "disputes.success_rate" | floor }}', 3, "“矛盾纠纷调解成功率”的单位是%，不能用“floor”"),
        ('{{ sentence(clause("共{drills.held|foor}")) }}', 3, "没有“foor”这种写法"),
        ("{{ 1 / 0 }}", 3, "模板无法执行"),
        ("{% if %}", 3, "写法有误"),
        ("甲\ue000乙", 3, "无法显示的字符"),
    ],
)
def test_a_fault_in_a_template_names_file_line_and_nearest(body: str, line: int, said: str) -> None:
    with pytest.raises(SpecError) as fault:
        own(body)
    assert str(fault.value).startswith(f"data/raw/2025/report.md 第 {line} 行") and said in str(fault.value)


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ('超{{ "drills.participants" | floor }}', "“超6000余”用了两个约数词"),
        ("甲\n\n> 引用", "不支持引用"),
        ("[甲](http://a)", "不支持链接"),
        ("|甲|乙|\n|-|-|\n|1|2|", "不支持表格"),
        ("```\n甲\n```", "不支持代码块"),
        ("**甲", "粗体标记 ** 没有成对"),
        ("- 甲\n    - 乙", "只能有一层"),
        ("### 甲", "越过了上一级标题"),
        ("##### 甲", "最多四级"),
    ],
)
def test_what_the_paper_cannot_carry_is_refused(body: str, said: str) -> None:
    with pytest.raises(SpecError, match=re.escape(said)) as fault:
        own(body)
    assert str(fault.value).startswith("data/raw/2025/report.md：")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('{% extends "raport.md" %}', '没有“raport.md”这个模板，应写 {% extends "report.md" %}'),
        (
            '{% extends "report.md" %}\n{% block oversigt %}甲。{% endblock %}',
            "第 2 行：模板没有“oversigt”这个块，最接近的是“oversight”",
        ),
        ('{% extends "report.md" %}\n\n本年工作。\n', "文字写在 block 之外"),
    ],
)
def test_an_override_that_would_be_lost_is_refused(text: str, said: str) -> None:
    with pytest.raises(SpecError, match=re.escape(said)):
        compose(year_of(1, 1), TOWN, 2025, template_text=text)


@pytest.mark.parametrize(
    "deep",
    [
        "{{ " + "(" * 200 + "1" + ")" * 200 + " }}",
        "{% if 1 %}" * 300 + "{% endif %}" * 300,
        "{{ 1" + " + 1" * 50_000 + " }}",
    ],
)
def test_a_template_too_deep_to_parse_is_told(deep) -> None:
    own = f"{{% extends 'report.md' %}}\n{{% block opening %}}{deep}{{% endblock %}}"
    with pytest.raises(SpecError, match=r"data/raw/2025/report\.md 第 2 行的括号或 if、for 一层套一层太多"):
        Template.of(2025, own)


def test_a_template_cannot_reach_outside_its_sandbox() -> None:
    with pytest.raises(SpecError, match="第 3 行"):
        own("{{ sentence.__func__.__globals__ }}")


def test_a_zero_in_a_bare_figure_is_a_gap_not_a_zero() -> None:
    body = '全年演练{{ "drills.held" | figure }}。'
    document = compose(year_of(1, 1, only={"drills.held": 0}), TOWN, 2025, template_text=OVERRIDE.replace("BODY", body))
    assert "全年演练〔待改写〕。" in text_of(document)
    assert notice_of(document) == ["“应急演练”本年为零，请在报告模板中用 clause 的 zero 为此另写一句。", AGAIN]


def test_no_figure_is_typed_in_the_packaged_template() -> None:
    source = (resources.files("fazhi.narrative") / "templates" / "report.md").read_text(encoding="utf-8")
    said = re.sub(r"\{#.*?#\}|“[^”]*”", "", source, flags=re.S)  # no comments, no fixed terms
    assert not re.search(r"[0-9０-９]", said)
    assert not re.search(r"[一二三四五六七八九十百千两]+(?:余|多)?(?:项|个|次|场|件|家|名|份|张|类|宗|条|人|成)", said)


def test_every_indicator_of_the_specs_is_told() -> None:
    source = (resources.files("fazhi.narrative") / "templates" / "report.md").read_text(encoding="utf-8")
    by_plan = load_mapping()  # these are told where last year's plan has a target for them
    assert [name for name in SPECS.indicators if name not in source and name not in by_plan] == []


def test_the_same_statistics_give_the_same_document() -> None:
    assert compose(TOWNS["published"], TOWN, 2025) == compose(TOWNS["published"], TOWN, 2025)


def test_the_meta_is_that_of_the_unit() -> None:
    meta = compose(TOWNS["published"], TOWN, 2025)["meta"]
    assert (
        meta["title"] == "青木镇关于2025年法治政府建设情况的报告"
        and meta["issuer"] == "青木镇人民政府"
        and meta["date"] == ""
    )


def test_a_target_without_a_measure_word_is_marked_and_asked_for() -> None:
    document = compose(year_of(1, 1, plan=[("业务培训", 3, "")]), TOWN, 2025)
    assert "业务培训3〔单位待核实〕" in text_of(document)
    assert any("“业务培训”没有填计量单位" in item for item in notice_of(document))


def test_a_report_dated_before_its_year_is_over_has_last_years_date() -> None:
    for dated, told in ((date(2025, 1, 9), 1), (date(2026, 1, 9), 0), (date(2025, 12, 25), 0), (None, 0)):
        unit = TOWN.model_copy(update={"report_date": dated})
        document = compose(year_of(1, 1, only={"drills.held": None}), unit, 2025)
        assert sum("像是上年的" in item for item in notice_of(document)) == told
