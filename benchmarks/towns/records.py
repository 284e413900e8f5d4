"""What happened in the town: canonical records, one dictionary per row, before any office writes them down."""

import random
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from .world import Town, credit_code, firm, identity, person, phone

Record = dict[str, Any]
SIZES = {  # rows of an ordinary year: least, most
    "disputes": (50, 110),
    "consultations": (60, 160),
    "contracts": (40, 90),
    "decisions": (4, 8),
    "normative_documents": (6, 9),
    "inspections": (60, 140),
    "penalties": (25, 60),
    "case_reviews": (10, 22),
    "drills": (8, 15),
    "emergency_outreach": (15, 35),
    "studies": (10, 16),
    "officers": (16, 24),
    "oversight": (8, 13),
    "service_station": (20, 45),
    "publicity": (6, 14),
    "tasks": (12, 26),
    "honours": (6, 10),
    "service_items": (10, 18),
    "leadership": (5, 8),
    "plan_targets": (6, 8),
}
MATTERS = [
    "农贸市场改造",
    "污水治理三年方案",
    "防汛预案修订",
    "公交线路调整",
    "敬老院扩建",
    "村道硬化",
    "垃圾分类试点",
    "场镇停车位划定",
]
DOCUMENTS = [
    "环境卫生管理办法",
    "殡葬管理实施意见",
    "宅基地管理细则",
    "禁燃通告",
    "村级资金管理办法",
    "养犬通告",
    "集市规定",
    "河道办法",
    "合计备案说明",
]
LAWS = ["民法典", "安全生产法", "宪法", "行政复议法", "行政处罚法", "信访工作条例", "突发事件应对法"]
SERVICES = ["人民调解", "法律咨询", "法律援助", "公证指引", "合同审查", "矛盾排查", "社区矫正", "普法宣传"]
TARGETS = [
    "执法资格考试",
    "法治进校园活动",
    "执法人员培训",
    "人民调解员培训",
    "导航站集中服务",
    "普法宣传",
    "业务培训",
    "案卷评查",
]
CONTRACTS = ["道路维修施工", "物业服务", "绿化管护", "宣传制作", "劳务", "租赁", "保洁服务", "说明书印制"]


def day(rng: random.Random, year: int) -> date:
    """A day of the year."""
    return date(year, 1, 1) + timedelta(rng.randrange(365))


def by_kind(column: dict, rng: random.Random, town: Town, year: int) -> Any:
    """A likely value for a column, from its kind alone."""
    makers: dict[str, Callable[[], Any]] = {
        "date": lambda: day(rng, year),
        "date_or_none": lambda: None,
        "village": lambda: rng.choice(town.villages),
        "office": lambda: rng.choice(town.offices),
        "word": lambda: rng.choice(list(column["words"])),
        "person": lambda: person(rng),
        "names": lambda: [person(rng), person(rng)],
        "party": lambda: firm(rng),
        "identity": lambda: identity(rng),
        "phone": lambda: phone(rng),
        "uscc": lambda: credit_code(rng),
        "count": lambda: rng.randint(20, 300),
        "count_or_zero": lambda: rng.choice([0, 0, 1, 2, 3]),
        "yuan": lambda: Decimal(rng.randint(3, 90) * 100),
        "yuan_or_none": lambda: None,
        "boolean": lambda: rng.random() < 0.8,
        "boolean_or_none": lambda: None,
        "number": lambda: Decimal(rng.randint(1, 20)),
        "text": lambda: "",
    }
    return makers[column["kind"]]()


def dispute(r: Record, i: int, rng: random.Random, town: Town, year: int) -> None:
    r["outcome"] = rng.choices(["调解成功", "调解不成功", "调解中"], [90, 6, 4])[0]
    r["agreement"] = rng.choice(["书面", "书面", "口头"]) if r["outcome"] == "调解成功" else "无"
    r["amount_yuan"] = Decimal(0)
    if r["agreement"] == "书面":
        r["amount_yuan"] = Decimal(rng.choice([0, rng.randint(10, 2400) * 100, rng.randint(1, 60) * 1000]))
    r["closed_on"] = None if r["outcome"] == "调解中" else r["accepted_on"] + timedelta(rng.randrange(40))


def contract(r: Record, i: int, rng: random.Random, town: Town, year: int) -> None:
    r["contract"] = f"{rng.choice(town.villages)}{rng.choice(CONTRACTS)}合同({year}-{i + 1:03})"
    amount: Any = rng.choice(
        [rng.randint(50, 900) * 100, rng.randint(10, 400) * 10000, Decimal(rng.randint(10000, 999999)) / 10]
    )
    r["amount_yuan"] = None if rng.random() < 0.15 else Decimal(amount)
    r["major"] = (r["amount_yuan"] or 0) >= 1000000


def inspection(r: Record, i: int, rng: random.Random, town: Town, year: int) -> None:
    r["hazards_found"] = rng.choice([0, 0, 1, 1, 2, 3, 5])
    r["hazards_fixed"] = max(0, r["hazards_found"] - (rng.random() < 0.1))


def penalty(r: Record, i: int, rng: random.Random, town: Town, year: int) -> None:
    r["decision_no"] = f"渝{town.stem}罚决〔{r['decided_on'].year}〕{i + 1}号"
    r["fine_yuan"] = Decimal(rng.choice([0, *range(100, 3000, 50)]))


def case_review(r: Record, i: int, rng: random.Random, town: Town, year: int) -> None:
    r["decision_no"] = f"渝{town.stem}罚决〔{year}〕{2 * i + 1}号"
    r["score"] = Decimal(rng.choice([*range(80, 100), "92.5", "95.5"]))
    r["grade"] = "优秀" if r["score"] >= 90 else "合格"


def officer(r: Record, i: int, rng: random.Random, town: Town, year: int) -> None:
    r["department"] = town.offices[i // 2 % 7]
    r["on_establishment"] = i < 14 or rng.random() < 0.4
    r["certificate_no"] = f"50010700{i:05}" if r["exam_passed"] else ""


def outreach(r: Record, i: int, rng: random.Random, town: Town, year: int) -> None:
    r["households"] = rng.randint(3, 40) if r["form"] == "入户宣传" else 0
    r["leaflets"] = rng.choice([0, rng.randint(10, 90)])


def honour(r: Record, i: int, rng: random.Random, town: Town, year: int) -> None:
    model = r["kind"].startswith("民主法治")
    r["title"] = (
        rng.choice(town.villages) if model else f"{rng.choice(['基层调解经验', '导航站见闻', '普法进院坝'])}第{i + 1}期"
    )


def oversight(r: Record, i: int, rng: random.Random, town: Town, year: int) -> None:
    r["matter"] = f"{rng.choice(['占道停车', '窗口排队', '路灯不亮', '民生实事'])}{i}"
    r["resolved"] = rng.random() < 0.8 if r["kind"] == "群众监督意见" else None


def texts(r: Record, i: int, rng: random.Random, town: Town, year: int) -> None:
    """Free text for the small ledgers: each row names something."""
    known = {
        "matter": MATTERS[i % len(MATTERS)],
        "document": town.name + DOCUMENTS[i % len(DOCUMENTS)],
        "document_no": f"{town.stem}府发〔{year - 1 - i % 4}〕{i + 3}号",
        "subject": rng.choice(LAWS),
        "task": f"任务{i + 1}:{rng.choice(['推进执法公示', '清理规范性文件', '开展案卷评查', '组织普法宣传'])}",
        "item": f"{SERVICES[i // 2 % 8]}事项{i + 1}",
        "indicator": TARGETS[i % len(TARGETS)],
        "unit": rng.choice("场次件"),
    }
    r.update({name: text for name, text in known.items() if name in r})
    if "item" in r:
        r["category"] = SERVICES[i // 2 % 8]
    if "issues_resolved" in r:
        r["issues_resolved"] = rng.randint(1, 5) if r["kind"] == "专题会议" else 0
    if "cases" in r:
        r["cases"] = rng.choice([1, 1, 1, 2, 3])


SHAPES = {
    "disputes": dispute,
    "contracts": contract,
    "inspections": inspection,
    "penalties": penalty,
    "case_reviews": case_review,
    "officers": officer,
    "emergency_outreach": outreach,
    "honours": honour,
    "oversight": oversight,
}


def first_date(spec: dict) -> str:
    """The column that dates a row, or '' where the ledger has none."""
    return next((name for name, column in spec["columns"].items() if column["kind"] == "date"), "")


def make_records(ledger: str, spec: dict, rng: random.Random, town: Town, year: int, count: int = 0) -> list[Record]:
    """The ledger's records of the year in order of their date; count 0 takes an ordinary year's number."""
    shape, dated = SHAPES.get(ledger, texts), first_date(spec)
    days = sorted(day(rng, year) for _ in range(count or rng.randint(*SIZES[ledger])))
    records = []
    for i, when in enumerate(days):
        record = {name: by_kind(column, rng, town, year) for name, column in spec["columns"].items()}
        if dated:
            record[dated] = when
        shape(record, i, rng, town, year)
        records.append(record)
    return records
