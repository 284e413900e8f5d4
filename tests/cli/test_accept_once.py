"""What was reported more than once: asked, decided once with `fazhi accept`, and not asked again when files are sent anew."""

import json

import pandas as pd
import pytest

from fazhi import town_year
from fazhi.cli.main import main
from fazhi.steps import clean, statistics, survey
from made.sheets import write_workbook

DISPUTES = ["受理日期", "村(居)", "纠纷类型", "申请人", "被申请人", "案件来源", "调解结果", "协议金额"]
DRILLS = ["演练日期", "演练类型", "地点", "参与人数"]
CASE = ["2025-04-05", "青木村", "邻里纠纷", "王小五", "赵小六", "群众来访", "调解成功", 500]
YEAR = [[f"2025-{month:02}-05", "消防", "龙井村", 40 + month] for month in range(1, 13)]


class Town:
    """A town whose files are put, counted and decided about."""

    def __init__(self, workspace, capsys):
        self.workspace, self.capsys = workspace, capsys

    def put(self, path, title, head, rows, sheet="Sheet1"):
        write_workbook(self.workspace.raw(2025) / path, [title], head, *rows, sheet=sheet)

    def disputes(self, path, *rows, sheet="Sheet1"):
        self.put(path, "矛盾纠纷调解台账", DISPUTES, rows, sheet)

    def drills(self, path, rows, sheet="Sheet1"):
        self.put(path, "应急演练台账", DRILLS, rows, sheet)

    def drop(self, path):
        (self.workspace.raw(2025) / path).unlink()

    def count(self, ledger):
        """How many records of the ledger count."""
        year = town_year.open_year(2025, self.workspace)
        survey.survey_year(year)
        clean.clean_ledger(year, ledger)
        for name in year.settings.specs.ledgers:
            if name != ledger:
                clean.clean_ledger(year, name)
        statistics.write_statistics(year)
        fates = pd.read_parquet(year.processed / "rows.parquet")
        mine = fates[fates["ledger"] == ledger]
        assert sum(mine["fate"].value_counts()) == len(mine)
        return int((mine["fate"] == "kept").sum())

    @property
    def issues(self):
        frame = pd.read_parquet(self.workspace.processed(2025) / "issues.parquet").astype(object)
        return frame[frame["kind"] != "ledger_missing"]

    def asked(self):
        """The kinds of the open questions."""
        return [issue.kind for issue in self.issues.itertuples() if issue.severity != "info"]

    def status(self, name):
        told = json.loads((self.workspace.processed(2025) / "statistics.json").read_text(encoding="utf-8"))
        return told["indicators"][name]["status"]

    def accept(self, *words):
        code = main(["accept", *words, "--workspace", str(self.workspace.root), "--date", "2026-01-08"])
        told = self.capsys.readouterr()
        return code, told.out + told.err

    def decide(self, answer):
        """Answer the one open question."""
        asked = [one for one in json.loads(self.accept("--json")[1]) if one["target"] == "once" and not one["settled"]]
        assert len(asked) == 1, asked
        assert answer in asked[0]["nearest"]
        assert self.accept("once", asked[0]["written"], answer)[0] == 0


@pytest.fixture
def town(workspace, capsys):
    return Town(workspace, capsys)


def amended(case, amount):
    return [*case[:7], amount]


OTHER = ["2025-06-05", "青木村", "邻里纠纷", "孙七", "周八", "群众来访", "调解成功", 7]


@pytest.mark.parametrize(
    ("answer", "amounts"), [("新的代替旧的", [600]), ("两件都算", [500, 600]), ("只算这一份", [500])]
)
def test_a_pair_is_decided_once_and_for_all_that_is_sent_again(town, answer, amounts):
    town.disputes("司法所/纠纷.xlsx", CASE)
    town.disputes("司法所/纠纷二.xlsx", amended(CASE, 600))
    assert town.count("disputes") == 2
    assert town.asked() == ["record_alike"]
    assert town.status("disputes.mediated") == "open"
    town.decide(answer)
    assert town.count("disputes") == len(amounts)
    # sent again: under another name, in the other order, among other rows
    town.drop("司法所/纠纷.xlsx")
    town.disputes("司法所/又报.xlsx", OTHER, CASE, sheet="表")
    assert town.count("disputes") == len(amounts) + 1
    assert town.asked() == []
    assert town.status("disputes.mediated") == "complete"
    table = pd.read_parquet(town.workspace.processed(2025) / "clean" / "disputes.parquet")
    assert sorted(float(amount) for amount in table["amount_yuan"] if amount != 7) == amounts


def test_no_private_value_stands_in_what_is_remembered(town):
    town.disputes("司法所/纠纷.xlsx", CASE, amended(CASE, 600))
    town.count("disputes")
    town.decide("两件都算")
    remembered = town.workspace.aliases_file.read_text(encoding="utf-8")
    assert "两件都算  # 2026-01-08" in remembered
    assert not any(name in remembered + str(town.issues.to_dict()) for name in ("王小五", "赵小六"))


def test_that_two_count_is_not_said_of_a_third(town):
    town.disputes("司法所/纠纷.xlsx", CASE)
    town.disputes("司法所/纠纷二.xlsx", amended(CASE, 600))
    town.count("disputes")
    town.decide("两件都算")
    town.disputes("司法所/纠纷三.xlsx", amended(CASE, 700))
    town.count("disputes")
    assert set(town.asked()) == {"record_alike"}


def test_a_decision_about_nothing_that_is_there_is_told(town):
    town.disputes("司法所/纠纷.xlsx", CASE, amended(CASE, 600))
    town.count("disputes")
    town.decide("两件都算")
    town.disputes("司法所/纠纷.xlsx", CASE)
    town.count("disputes")
    assert town.asked() == ["decision_unused"]
    assert town.status("disputes.mediated") == "complete"


def test_answers_that_are_none_are_refused_and_known_ones_change_with_replace_only(town):
    town.disputes("司法所/纠纷.xlsx", CASE, amended(CASE, 600))
    town.count("disputes")
    code, told = town.accept("1", "都行")
    assert code == 2 and "可以答：新的代替旧的、两件都算、只算这一份" in told
    assert town.accept("1", "两件都算")[0] == 0
    assert "已记为“两件都算”" in town.accept()[1]
    assert town.accept("1", "只算这一份")[0] == 2
    assert town.accept("1", "只算这一份", "--replace")[0] == 0
    assert "不是 fazhi accept 列出的问题" in town.accept("once", "disputes.2025.件", "两件都算")[1]
    town.count("disputes")
    code, told = town.accept()
    assert code == 0 and "没有待定的写法。" in told and "已按规则或认定计数" in told


def newer(rows):
    return [*rows[:10], [*rows[10][:3], 99], rows[11]]


NEW = ["2025-12-30", "消防", "青木村", 5]


@pytest.mark.parametrize(
    ("answer", "kept", "grows"),
    [("新的代替旧的", 12, 2), ("两件都算", 24, 1), ("两件都算", 24, 2), ("只算这一份", 12, 1)],
)
def test_two_tables_are_decided_once_though_one_grows(town, answer, kept, grows):
    town.drills("应急办/演练甲.xlsx", newer(YEAR))
    town.drills("应急办/演练乙.xlsx", YEAR)
    assert town.count("drills") == 12
    assert town.asked() == ["table_version"]
    town.decide(answer)
    assert town.count("drills") == kept
    assert town.asked() == []
    town.drop(f"应急办/演练{'乙甲'[grows - 1]}.xlsx")
    rows = [*(YEAR if grows == 1 else newer(YEAR)), NEW]
    town.drills("应急办/一.xlsx" if grows == 1 else "应急办/再报.xlsx", rows, sheet="又一张")
    assert town.count("drills") == kept + 1
    assert town.asked() == []


@pytest.mark.parametrize(("answer", "path"), [("新的代替旧的", "演练乙"), ("只算这一份", "演练甲")])
def test_rows_that_would_be_lost_and_were_not_decided_about_are_asked(town, answer, path):
    town.drills("应急办/演练甲.xlsx", newer(YEAR))
    town.drills("应急办/演练乙.xlsx", YEAR)
    town.count("drills")
    town.decide(answer)
    town.drills(f"应急办/{path}.xlsx", [*(YEAR if path == "演练乙" else newer(YEAR)), NEW])
    town.count("drills")
    assert "table_version" in town.asked()


def test_equal_tables_that_both_count_do_so_when_one_is_sent_a_third_time(town):
    town.drills("青木村/演练.xlsx", YEAR)
    town.drills("龙井村/演练.xlsx", YEAR)
    assert town.count("drills") == 12
    town.decide("两件都算")
    assert town.count("drills") == 24
    town.drills("龙井村/演练(2).xlsx", YEAR)
    assert town.count("drills") == 24


@pytest.mark.parametrize(("answer", "kept"), [("计入", 7), ("不计入", 4)])
def test_a_sheet_set_aside_is_decided_by_its_contents(town, answer, kept):
    town.drills("应急办/演练.xlsx", YEAR[:4])
    town.drills("应急办/演练旧.xlsx", YEAR[6:9])
    assert town.count("drills") == 4
    assert town.asked() == ["sheet_set_aside"]
    town.decide(answer)
    town.drop("应急办/演练旧.xlsx")
    town.drills("应急办/备份.xlsx", YEAR[6:9], sheet="表")
    assert town.count("drills") == kept
    assert town.asked() == []
    town.drills("应急办/备份.xlsx", YEAR[6:10], sheet="表")
    town.count("drills")
    assert "sheet_set_aside" in town.asked()


@pytest.mark.parametrize(("answer", "kept"), [("两件都算", 5), ("相同的只算一次", 1)])
def test_equal_rows_that_nothing_names_are_decided_once(town, answer, kept):
    rows = [["2025-03-05", "劳动争议", "来访", 1]] * 5
    town.put("司法所/咨询.xlsx", "法律咨询登记台账", ["咨询日期", "咨询事项", "咨询方式", "件次"], rows)
    assert town.count("consultations") == 5
    town.decide(answer)
    assert town.count("consultations") == kept
    assert "identity_missing" not in town.asked()
