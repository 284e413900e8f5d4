"""What a newcomer writes for a ledger of their own: data only. `python -m made.new_ledger` (in tests/) adds it to the checkout."""

from pathlib import Path

from fazhi.workspace.paths import Workspace
from made.sheets import write_workbook

LEDGER = """\
title: 公共设施巡查台账
office: 规划建设办
columns:
  inspected_on:
    label: 巡查日期
    kind: date
    description: 巡查的日期
  village:
    label: 村（居）
    kind: village
    description: 设施所在的村（居）
  facility:
    label: 设施类别
    kind: vocabulary
    description: 巡查的是哪类设施
    values:
      路灯: []
      井盖: [窨井盖]
      护栏: []
  damaged:
    label: 损坏处数
    kind: count
    description: 查出损坏的处数
    unit: 处
    required: true
  repaired:
    label: 修复处数
    kind: count
    description: 其中已经修复的处数
    unit: 处
    required: true
"""
INDICATORS = """
facility_checks.rounds: {label: 公共设施巡查, unit: 次, ledger: facility_checks, measure: count}
facility_checks.repaired_rate: {label: 公共设施修复率, unit: "%", ledger: facility_checks, measure: ratio, column: repaired, over: damaged}
"""
TABLE = """
facility_checks_by_facility:
  title: 公共设施巡查按类别
  ledger: facility_checks
  group: 公共设施
  by: facility
  report: true
  measures: [{label: 巡查, unit: 次, measure: count}, {label: 损坏, unit: 处, measure: sum, column: damaged}]
"""
CHART = """
facility-checks: {form: bars, table: facility_checks_by_facility, counts: 各类公共设施巡查次数}
"""
SENTENCE = """
{{ sentence(
    clause("巡查公共设施{facility_checks.rounds}", zero="本年度没有巡查公共设施"),
    clause("查出的损坏修复率为{facility_checks.repaired_rate}", needs="facility_checks.rounds")) }}
"""
TITLES = ["巡查日期", "村（居）", "设施类别", "损坏处数", "修复处数"]
ROWS = [
    ["2025-02-03", "龙井村", "路灯", 4, 4],
    ["2025-03-04", "青木村", "路灯", 6, 5],
    ["2025-04-05", "龙井村", "路灯", 5, 5],
    ["2025-05-06", "桂花村", "窨井盖", 8, 6],
    ["2025-06-07", "青木村", "井盖", 7, 7],
]  # 5 rounds; 30 damaged, 27 repaired: 90%


def add_to(package: Path) -> None:
    """Add the ledger, two indicators, a table, a chart and a sentence to the data of a copy of the package."""
    dictionary = package / "dictionary"
    (dictionary / "ledgers" / "facility_checks.yml").write_text(LEDGER, encoding="utf-8")
    for name, text in (("indicators.yml", INDICATORS), ("tables.yml", TABLE), ("charts.yml", CHART)):
        with (dictionary / name).open("a", encoding="utf-8") as file:
            file.write(text)
    template = package / "narrative" / "templates" / "report.md"
    head, block, rest = template.read_text(encoding="utf-8").partition("{% block emergency %}\n")
    template.write_text(head + block + SENTENCE.lstrip() + rest, encoding="utf-8")


def add_to_town(town: Workspace, year: int = 2025) -> None:
    """Add the same to a town's own folder, and touch no package."""
    folder = town.dictionary_folder
    (folder / "ledgers").mkdir(parents=True)
    (folder / "ledgers" / "facility_checks.yml").write_text(LEDGER, encoding="utf-8")
    for name, text in (("indicators.yml", INDICATORS), ("tables.yml", TABLE), ("charts.yml", CHART)):
        (folder / name).write_text(text, encoding="utf-8")
    own = '{% extends "report.md" %}\n{% block emergency %}\n{{ super() }}' + SENTENCE + "{% endblock %}\n"
    town.report_template(year).write_text(own, encoding="utf-8")


def write_rows(workspace: Workspace, year: int = 2025) -> Path:
    """The town's workbook of the new ledger."""
    return write_workbook(workspace.raw(year) / "规划建设办" / "设施.xlsx", ["公共设施巡查台账"], TITLES, *ROWS)


if __name__ == "__main__":
    add_to(Path(__file__).parents[2] / "lib" / "fazhi")
