"""A town's year with every optional ledger of the package, and what its figures must be, counted here from the rows alone."""

import random
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from fazhi.workspace.paths import Workspace
from made.sheets import TOWN, write_workbook

Row = dict[str, Any]
VILLAGES, OFFICES = TOWN["villages"], TOWN["offices"]


def _day(draw: random.Random, at: int) -> date:
    return date(2025, 1, 2) + timedelta(days=7 * at % 350 + draw.randrange(5))


def _pick(*weighted: tuple[str | None, int]) -> Callable[[random.Random, int], str | None]:
    words = [word for word, weight in weighted for _ in range(weight)]
    return lambda draw, at: draw.choice(words)


def _number(prefix: str) -> Callable[[random.Random, int], str]:
    return lambda draw, at: f"{prefix}〔2025〕{at + 1}号"


def _count(low: int, high: int) -> Callable[[random.Random, int], int]:
    return lambda draw, at: draw.randint(low, high)


def _word(text: str) -> Callable[[random.Random, int], str]:
    return lambda draw, at: f"{text}{chr(0x4E00 + 7 * at)}"  # other text in every row


YES = _pick(("是", 5), ("否", 1))
# ledger -> title, number of rows, heading -> what its cells hold
SHEETS: dict[str, tuple[str, int, dict[str, Callable[[random.Random, int], Any]]]] = {
    "petitions": ("信访事项台账", 40, {
        "信访件编号": _number("信"), "登记日期": _day, "信访形式": _pick(("来访", 3), ("网信", 2), ("来信", 1)),
        "业务分类": _pick(("城乡建设", 3), ("三农", 3), ("劳动社保", 2)), "办理状态": _pick(("已办结", 4), ("在办", 1))}),
    "hotline_orders": ("12345热线工单台账", 60, {
        "工单编号": _number("热"), "来电时间": _day, "诉求类型": _pick(("投诉类", 3), ("咨询", 3), ("求助", 2)),
        "办理方式": _pick(("派单", 3), ("在线答复", 1)), "工单状态": _pick(("办结", 5), ("在办", 1)),
        "满意度": _pick(("非常满意", 3), ("满意", 3), ("不满意", 1), ("未回访", 1))}),
    "reconsiderations": ("行政复议与应诉台账", 30, {
        "案号": _number("渝复"), "案件类型": _pick(("复议", 1), ("一审", 1)), "收案日期": _day,
        "审理结果": _pick(("维持", 2), ("驳回起诉", 2), ("撤诉", 1)), "负责人是否出庭": YES}),
    "permits": ("行政许可台账", 25, {
        "行政许可决定文书号": _number("许"), "许可决定日期": _day, "许可类别": _pick(("普通许可", 3), ("登记", 1)),
        "许可结果": _pick(("准予许可", 4), ("不予许可", 1))}),
    "information_disclosure": ("政府信息公开台账", 45, {
        "编号": _number("公"), "公开日期": _day, "公开方式": _pick(("主动", 2), ("依申请", 1)),
        "答复结果": _pick(("予以公开", 2), ("部分公开", 1)), "是否按期答复": YES}),
    "certificates": ("行政执法证件台账", 24, {
        "所在科室": lambda draw, at: draw.choice(OFFICES), "执法证号": _number("执"), "是否本年新领": _pick(("是", 1), ("否", 3)),
        "证件状态": _pick(("在用", 6), ("过期", 1), ("注销", 1))}),
    "hazards": ("隐患排查整改台账", 50, {
        "排查日期": _day, "单位名称": _word("厂"), "隐患内容": _word("电线"), "隐患等级": _pick(("一般", 4), ("重大", 1)), "是否销号": YES}),
    "village_counsel": ("村（居）法律顾问服务台账", 36, {
        "服务日期": _day, "村（社区）": lambda draw, at: VILLAGES[at % 5], "服务方式": _pick(("上门", 2), ("微信", 1)),
        "服务内容": _word("解答"), "服务人次": _count(3, 20)}),
    "legal_aid": ("法律援助台账", 28, {
        "申请日期": _day, "案件类别": _pick(("农民工讨薪", 2), ("工伤", 1), ("离婚", 1)), "审查结果": _pick(("已转交", 1), ("准予", 1))}),
    "grid_events": ("网格事件台账", 70, {
        "事件编号": _number("网"), "上报时间": _day, "所属村居": lambda draw, at: draw.choice(VILLAGES),
        "事件类型": _pick(("安全隐患", 2), ("环境卫生", 2), ("民生服务", 2)), "是否办结": YES}),
    "law_studies": ("集体学法台账", 40, {
        "学法日期": _day, "学法形式": _pick(("中心组学习", 2), ("会前学法", 2), ("机关学法", 2), ("专题培训", 1), ("执法培训", 1)),
        "学法内容": _word("民法典"), "参加人数": _count(10, 60)}),
    "exams": ("学法考试台账", 3, {
        "考试日期": _day, "考试名称": _word("法治理论"), "应考人数": _count(60, 70), "参考人数": _count(55, 60),
        "合格人数": _count(50, 55), "优秀人数": _count(30, 50)}),
    "legality_reviews": ("合法性审查台账", 45, {
        "审查日期": _day, "送审事项名称": _word("事项"), "送审科室": lambda draw, at: draw.choice(OFFICES),
        "审查类别": _pick(("规范性文件", 1), ("重大决策", 1), ("执法决定", 1), ("行政合同", 2)), "审查意见": _pick(("合法", 2), ("修改后合法", 1)),
        "提出意见数": _count(0, 4)}),
    "enforcement_cases": ("行政执法案件办理台账", 60, {
        "立案编号": _number("立"), "立案日期": _day, "办案程序": _pick(("简易", 1), ("一般程序", 2)),
        "案件结果": _pick(("行政处罚", 5), ("撤案", 1)), "是否按期办结": YES, "是否公示": YES, "是否执结": YES}),
    "coercive_measures": ("行政强制台账", 8, {
        "强制决定书文号": _number("强"), "实施日期": _day, "强制种类": _pick(("查封", 1), ("扣押", 1))}),
    "joint_enforcement": ("联合执法台账", 12, {
        "行动日期": _day, "行动名称": _word("整治"), "参加单位数": _count(2, 6), "出动人次": _count(8, 30), "查处问题数": _count(0, 9)}),
    "law_outreach": ("法治宣讲台账", 44, {
        "宣讲日期": _day, "村(居)": lambda draw, at: VILLAGES[at % 4], "宣讲形式": _pick(("局长讲法", 1), ("流动课堂", 2), ("进农村", 1), ("法律进社区", 1), ("进课堂", 1)),
        "受众人数": _count(20, 90), "发放宣传资料": _count(10, 100)}),
    "legal_materials": ("普法宣传资料发放台账", 9, {
        "发放日期": _day, "资料名称": _word("宣传册"), "发放份数": _count(50, 400)}),
    "supervision": ("法治督察台账", 6, {
        "督察日期": _day, "督察事项": _word("执法"), "发现问题数": _count(3, 6), "完成整改数": _count(1, 3)}),
    "counsel_services": ("政府法律顾问服务台账", 40, {
        "服务日期": _day, "服务类别": _pick(("参会", 2), ("法律意见书", 2), ("会议纪要审查", 1), ("法治体检", 1)), "件次": _count(1, 5)}),
    "legal_models": ("法律明白人和学法用法示范户名册", 30, {
        "姓名": lambda draw, at: f"{'赵钱孙李周吴郑王冯陈'[at % 10]}{'春夏秋'[at // 10]}", "村(居)": lambda draw, at: VILLAGES[at % 6],
        "人员类别": lambda draw, at: "明白人" if at < 18 else "示范户"}),
    "delegated_items": ("承接赋权事项清单", 42, {
        "事项类别": _pick(("处罚", 3), ("检查", 1), ("公共服务", 2)), "事项名称": _word("事项"), "是否网上可办": YES}),
    "window_services": ("政务服务办件台账", 36, {
        "办理日期": _day, "办理渠道": _pick(("窗口", 2), ("自助终端", 1)), "办件数": _count(5, 80)}),
    "duty_reports": ("述职述法台账", 16, {
        "述法日期": _day, "述法人": lambda draw, at: f"{'赵钱孙李周吴郑王'[at % 8]}{'建国' if at < 8 else '明华'}",
        "职务类别": _pick(("主要负责人", 1), ("班子成员", 2)), "是否测评": YES}),
}  # fmt: skip


def rows_of(ledger: str) -> list[Row]:
    """The ledger's rows as they are written, by heading; the same every time."""
    _, number, cells = SHEETS[ledger]
    draw = random.Random(ledger)
    return [{heading: make(draw, at) for heading, make in cells.items()} for at in range(number)]


def write_optional(workspace: Workspace, ledgers: "list[str] | None" = None, year: int = 2025) -> list[Path]:
    """A workbook for each of the ledgers, all by default."""
    written = []
    for name in SHEETS if ledgers is None else ledgers:
        title, _, cells = SHEETS[name]
        rows = [list(row.values()) for row in rows_of(name)]
        written.append(write_workbook(workspace.raw(year) / f"{title}.xlsx", [title], list(cells), *rows))
    return written


def _number_of(ledger: str, **wanted: "str | tuple[str, ...]") -> int:
    return len(_matching(ledger, wanted))


def _sum_of(ledger: str, heading: str, **wanted: "str | tuple[str, ...]") -> int:
    return sum(row[heading] for row in _matching(ledger, wanted))


def _matching(ledger: str, wanted: dict[str, Any]) -> list[Row]:
    return [
        row
        for row in rows_of(ledger)
        if all(row[heading] in ((word,) if isinstance(word, str) else word) for heading, word in wanted.items())
    ]


def _share_of(ledger: str, heading: str, good: "tuple[str, ...]", bad: "tuple[str, ...]", **wanted: str) -> float:
    above = _number_of(ledger, **{heading: good, **wanted})
    return above / (above + _number_of(ledger, **{heading: bad, **wanted}))


def expected() -> dict[str, float]:
    """Indicator -> its value, counted from the rows by the words that stand in them."""
    n, s, share = _number_of, _sum_of, _share_of
    return {
        "petitions.received": 40,
        "petitions.closed_rate": share("petitions", "办理状态", ("已办结",), ("在办",)),
        "hotline_orders.received": 60,
        "hotline_orders.forwarded": n("hotline_orders", 办理方式="派单"),
        "hotline_orders.closed_rate": share("hotline_orders", "工单状态", ("办结",), ("在办",)),
        "hotline_orders.satisfied_rate": share("hotline_orders", "满意度", ("非常满意", "满意"), ("不满意",)),
        "reconsiderations.reviews": n("reconsiderations", 案件类型="复议"),
        "reconsiderations.lawsuits": n("reconsiderations", 案件类型="一审"),
        "reconsiderations.appearance_rate": share(
            "reconsiderations", "负责人是否出庭", ("是",), ("否",), 案件类型="一审"
        ),
        "permits.granted": n("permits", 许可结果="准予许可"),
        "permits.refused": n("permits", 许可结果="不予许可"),
        "information_disclosure.published": n("information_disclosure", 公开方式="主动"),
        "information_disclosure.requests": n("information_disclosure", 公开方式="依申请"),
        "information_disclosure.on_time_rate": share(
            "information_disclosure", "是否按期答复", ("是",), ("否",), 公开方式="依申请"
        ),
        "certificates.valid": n("certificates", 证件状态="在用"),
        "certificates.newly_issued": n("certificates", 是否本年新领="是"),
        "certificates.holding_rate": share("certificates", "证件状态", ("在用",), ("过期",)),
        "hazards.found": 50,
        "hazards.major": n("hazards", 隐患等级="重大"),
        "hazards.fixed_rate": share("hazards", "是否销号", ("是",), ("否",)),
        "village_counsel.services": 36,
        "village_counsel.villages": 5,
        "village_counsel.people": s("village_counsel", "服务人次"),
        "legal_aid.applications": 28,
        "legal_aid.forwarded": n("legal_aid", 审查结果="已转交"),
        "legal_aid.granted": n("legal_aid", 审查结果="准予"),
        "grid_events.reported": 70,
        "grid_events.closed_rate": share("grid_events", "是否办结", ("是",), ("否",)),
        "law_studies.sessions": 40,
        "law_studies.study_group": n("law_studies", 学法形式="中心组学习"),
        "law_studies.before_meetings": n("law_studies", 学法形式="会前学法"),
        "law_studies.staff": n("law_studies", 学法形式="机关学法"),
        "law_studies.trainings": n("law_studies", 学法形式="专题培训"),
        "law_studies.trained": s("law_studies", "参加人数", 学法形式="专题培训"),
        "law_studies.enforcement_trainings": n("law_studies", 学法形式="执法培训"),
        "law_studies.enforcement_trained": s("law_studies", "参加人数", 学法形式="执法培训"),
        "exams.due": s("exams", "应考人数"),
        "exams.taken": s("exams", "参考人数"),
        "exams.attendance_rate": s("exams", "参考人数") / s("exams", "应考人数"),
        "exams.pass_rate": s("exams", "合格人数") / s("exams", "参考人数"),
        "exams.excellent_rate": s("exams", "优秀人数") / s("exams", "参考人数"),
        "legality_reviews.reviewed": 45,
        "legality_reviews.documents": n("legality_reviews", 审查类别="规范性文件"),
        "legality_reviews.decisions": n("legality_reviews", 审查类别="重大决策"),
        "legality_reviews.enforcement": n("legality_reviews", 审查类别="执法决定"),
        "legality_reviews.contracts": n("legality_reviews", 审查类别="行政合同"),
        "legality_reviews.problems": s("legality_reviews", "提出意见数"),
        "enforcement_cases.filed": 60,
        "enforcement_cases.summary": n("enforcement_cases", 办案程序="简易"),
        "enforcement_cases.ordinary": n("enforcement_cases", 办案程序="一般程序"),
        "enforcement_cases.withdrawn": n("enforcement_cases", 案件结果="撤案"),
        "enforcement_cases.executed_rate": share("enforcement_cases", "是否执结", ("是",), ("否",)),
        "enforcement_cases.on_time_rate": share("enforcement_cases", "是否按期办结", ("是",), ("否",)),
        "enforcement_cases.published_rate": share("enforcement_cases", "是否公示", ("是",), ("否",)),
        "coercive_measures.taken": 8,
        "joint_enforcement.held": 12,
        "joint_enforcement.people": s("joint_enforcement", "出动人次"),
        "joint_enforcement.problems": s("joint_enforcement", "查处问题数"),
        "law_outreach.held": 44,
        "law_outreach.leaders": n("law_outreach", 宣讲形式="局长讲法"),
        "law_outreach.talks": n("law_outreach", 宣讲形式="流动课堂"),
        "law_outreach.communities": n("law_outreach", 宣讲形式=("进农村", "法律进社区")),
        "law_outreach.schools": n("law_outreach", 宣讲形式="进课堂"),
        "law_outreach.villages": 4,
        "law_outreach.people": s("law_outreach", "受众人数"),
        "law_outreach.materials": s("law_outreach", "发放宣传资料"),
        "legal_materials.copies": s("legal_materials", "发放份数"),
        "supervision.held": 6,
        "supervision.problems_found": s("supervision", "发现问题数"),
        "supervision.problems_fixed": s("supervision", "完成整改数"),
        "counsel_services.meetings": s("counsel_services", "件次", 服务类别="参会"),
        "counsel_services.opinions": s("counsel_services", "件次", 服务类别="法律意见书"),
        "counsel_services.minutes": s("counsel_services", "件次", 服务类别="会议纪要审查"),
        "counsel_services.checkups": s("counsel_services", "件次", 服务类别="法治体检"),
        "counsel_services.all": s("counsel_services", "件次"),
        "legal_models.people": 18,
        "legal_models.least_per_village": 3,
        "legal_models.households": 12,
        "delegated_items.items": 42,
        "delegated_items.enforcement": n("delegated_items", 事项类别=("处罚", "检查")),
        "delegated_items.online_rate": share("delegated_items", "是否网上可办", ("是",), ("否",)),
        "window_services.cases": s("window_services", "办件数"),
        "window_services.self_service": s("window_services", "办件数", 办理渠道="自助终端"),
        "duty_reports.people": 16,
        "duty_reports.heads": n("duty_reports", 职务类别="主要负责人"),
        "duty_reports.assessed": n("duty_reports", 是否测评="是"),
    }
