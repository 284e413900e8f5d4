"""run.json is the dump of a run's record; what is not one of ours counts as no run."""

import pytest

from fazhi.issues import OpenQuestions, QuestionGroup
from fazhi.workspace.files import dump_json, write_json, write_text
from fazhi.workspace.results import RUN
from fazhi.workspace.run_record import NO_RUN, RunRecord, read_run

OPEN = OpenQuestions({"error": 2}, [QuestionGroup("error", "司法所", "甲", 2)], 0, ["disputes.total"])
RECORD = RunRecord(
    2025, "青木镇", True, ["history"], OPEN, {"code": "1f"}, {"pandas": "2"}, {},
    {"03_report": ["figures/a.svg"]}, {"survey": {"程序": "1f"}}, {"statistics.json": "2e"},
)  # fmt: skip


def test_what_is_dumped_reads_back_the_same(tmp_path):
    write_json(tmp_path / RUN, RECORD)
    assert read_run(tmp_path) == RECORD
    assert dump_json(read_run(tmp_path)) == dump_json(RECORD)


def test_without_a_run_there_is_nothing_in_it(tmp_path):
    assert read_run(tmp_path) == NO_RUN != RECORD


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "3",
        "{",
        "{}",
        '{"open": 3}',
        '{"open": {}, "steps": []}',
        '{"open": {"counts": []}}',
        '{"open": {"groups": ["甲"]}}',
    ],
)
def test_a_record_that_is_none_of_ours_counts_as_no_run(tmp_path, text):
    write_text(tmp_path / RUN, text)
    assert read_run(tmp_path) == NO_RUN
