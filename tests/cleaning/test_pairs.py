"""Many rows of the same two tables that may be one event are one question, and its answer holds when they are sent again."""

import pytest

from fazhi.dictionary.aliases import Aliases
from fazhi.issues import open_issues
from fazhi.town_year import town_settings
from made.sheets import make_sheet

DRILLS = [[f"2025-0{month}-05", "消防", "龙井村", 60 + month] for month in range(1, 6)]
OWN = [[f"2025-{month:02}-20", "防汛", "青木村", 30 + month] for month in range(1, 10)]
OTHERS = [[*row[:3], row[3] + 100] for row in DRILLS]


def drills(*rows):
    return make_sheet([["应急演练台账"], ["演练日期", "演练类型", "地点", "参与人数"], *rows])


@pytest.fixture
def told(cleaned, specs, town):
    """Clean with this answer to every question of a first run: records that count, open questions, the names answered."""

    def run(*sheets, once=None):
        result = cleaned("drills", *sheets, using=town_settings(specs, town, Aliases(once=once or {})))
        people = sorted(result.kept_values("participants"))
        return people, [issue for issue in result.issues if issue.severity != "info"]

    return run


def people(rows):
    return sorted(row[3] for row in rows)


def test_five_drills_of_two_offices_are_one_question_and_each_is_told(told, cleaned):
    sheets = drills(*DRILLS, *OWN), drills(*OTHERS)
    counted, (question,) = told(*sheets)
    assert counted == people([*DRILLS, *OTHERS, *OWN])
    assert (question.kind, question.severity, question.row) == ("records_alike", "warning", 3)
    assert "第 3、4、5、6、7 行与 司法所/1.xlsx「Sheet1」第 3、4、5、6、7 行像是同样的 5 件" in question.sentence
    notes = [issue for issue in cleaned("drills", *sheets).issues if issue.kind == "record_alike"]
    assert [(note.row, note.severity, note.question) for note in notes] == [
        (row, "info", question.question) for row in range(3, 8)
    ]


@pytest.mark.parametrize(
    ("answer", "counts"),
    [("新的代替旧的", [*OTHERS, *OWN]), ("只算这一份", [*DRILLS, *OWN]), ("两件都算", [*DRILLS, *OTHERS, *OWN])],
)
def test_one_answer_settles_all_of_them_and_survives_another_order_and_more_rows(told, answer, counts):
    _, (question,) = told(drills(*DRILLS, *OWN), drills(*OTHERS))
    once = {question.question: answer}
    assert told(drills(*DRILLS, *OWN), drills(*OTHERS), once=once) == (people(counts), [])
    more = ["2025-11-11", "消防", "青木村", 7]
    again = told(drills(more, *OTHERS[::-1]), drills(*OWN, *DRILLS), once=once)
    assert again == (people([*counts, more]), [])


def test_what_comes_later_is_asked_by_itself(told):
    _, (question,) = told(drills(*DRILLS, *OWN), drills(*OTHERS))
    late = ["2025-11-11", "消防", "青木村", 7]
    counted, (asked,) = told(
        drills(*DRILLS, *OWN, late), drills(*OTHERS, [*late[:3], 8]), once={question.question: "新的代替旧的"}
    )
    assert counted == people([*OTHERS, *OWN, late, [*late[:3], 8]])
    assert (asked.kind, asked.row) == ("record_alike", 17)


def test_they_can_be_decided_one_by_one(told):
    sheets = drills(*DRILLS, *OWN), drills(*OTHERS)
    _, (question,) = told(*sheets)
    once = {question.question: "逐件认定"}
    _, asked = told(*sheets, once=once)
    assert [issue.kind for issue in asked] == ["record_alike"] * 5
    once |= {asked[0].question: "新的代替旧的"}
    counted, asked = told(*sheets, once=once)
    assert len(asked) == 4 and len(counted) == 18


def test_amended_rows_of_two_tables_are_one_question(cleaned):
    head = ["处罚决定书文号", "处罚日期", "当事人", "违法行为", "罚款金额", "是否缴纳"]
    rows = [[f"青罚〔2025〕{n}号", "2025-03-05", f"某{n}店", "占道经营", 200, "是"] for n in range(1, 6)]
    again = [[*row[:4], 300, "是"] for row in rows]
    result = cleaned("penalties", *(make_sheet([["行政处罚台账"], head, *some]) for some in (rows, again)))
    asked = [issue for issue in result.issues if issue.severity != "info"]
    assert [issue.kind for issue in asked] == ["records_amended"]
    assert "罚款金额200.00改为300.00" in asked[0].found and asked[0].question


PEOPLE = "甲乙丙丁戊己庚辛壬癸"
CASES = [
    [f"2025-02-{n:02}", "龙井村", "邻里纠纷", f"张小{who}", f"李大{who}", "群众来访", "调解成功", 5]
    for n, who in enumerate(PEOPLE, 1)
]
AGAIN = [*([*row[:7], 9] for row in CASES[:3]), *CASES[3:9]]  # three amended, the last one not there any more


def disputes(*rows):
    head = ["受理日期", "村(居)", "纠纷类型", "申请人", "被申请人", "案件来源", "调解结果", "协议金额"]
    return make_sheet([["矛盾纠纷调解台账"], head, *rows])


@pytest.fixture
def amended(cleaned, specs, town):
    """Clean two tables of disputes with these answers: cases that count with their sums, and the open questions."""

    def run(*sheets, once=None):
        result = cleaned("disputes", *sheets, using=town_settings(specs, town, Aliases(once=once or {})))
        asked = [issue for issue in result.issues if issue.severity != "info"]
        return sorted(map(int, result.kept_values("amount_yuan"))), asked, result.issues

    return run


def test_where_it_is_asked_which_table_counts_its_amended_rows_are_told_and_not_asked_about(amended):
    counted, (question,), issues = amended(disputes(*CASES), disputes(*AGAIN))
    assert (question.kind, counted) == ("table_version", [5] * 7 + [9] * 3)
    assert "后者改过的 3 行，只有这一份有的 1 行（第 12 行）" in question.found
    assert "只有这一份有的 1 行照常计入。答“新的代替旧的”，这 1 行不计；答“旧的独有的照计”，仍计" in question.advice
    notes = [issue for issue in issues if issue.kind == "record_amended"]
    assert [(note.row, note.question) for note in notes] == [(row, question.question) for row in (3, 4, 5)]
    assert [issue.row for issue in open_issues(issues)] == [None, 3, 4, 5]


@pytest.mark.parametrize(
    ("answer", "counts"),
    [
        ("新的代替旧的", [5] * 6 + [9] * 3),
        ("旧的独有的照计", [5] * 7 + [9] * 3),
        ("只算这一份", [5] * 10),
    ],
)
def test_an_answer_about_the_tables_settles_their_rows_and_holds_when_they_are_sent_again(amended, answer, counts):
    _, (question,), _ = amended(disputes(*CASES), disputes(*AGAIN))
    once = {question.question: answer}
    for sheets in ((CASES, AGAIN), (CASES[::-1], AGAIN[::-1])):
        counted, asked, _ = amended(*(disputes(*rows) for rows in sheets), once=once)
        assert (counted, asked) == (counts, [])


def test_what_is_decided_of_rows_is_unused_where_they_are_gone_and_settled_where_the_tables_are(amended):
    """The third row was decided about by itself before the tables were."""
    _, (one,), _ = amended(disputes(*CASES[:3]), disputes(*CASES[3:], AGAIN[2]))
    _, (tables,), _ = amended(disputes(*CASES), disputes(*AGAIN))
    once = {one.question: "新的代替旧的", tables.question: "新的代替旧的"}
    assert amended(disputes(*CASES), disputes(*AGAIN), once=once)[1] == []
    changed = [*CASES[:2], [*CASES[2][:7], 6], *CASES[3:]]
    _, (tables,), _ = amended(disputes(*changed), disputes(*AGAIN))
    once = {one.question: "新的代替旧的", tables.question: "新的代替旧的"}
    (stale,) = amended(disputes(*changed), disputes(*AGAIN), once=once)[1]
    assert (stale.kind, one.question in stale.found) == ("decision_unused", True)
