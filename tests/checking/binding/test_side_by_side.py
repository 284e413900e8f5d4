"""Lists in the same order: what the second says of the figures of the first."""

import pytest

from fazhi.checking.claims import bind
from fazhi.checking.judging.judge import judge
from made.verdicts import verdicts


@pytest.mark.parametrize(
    "text",
    [
        "邻里纠纷40件、婚姻家庭纠纷25件、物业纠纷15件，占比分别为20%、12.5%、7.5%。",
        "邻里纠纷40件，婚姻家庭纠纷25件，物业纠纷15件，三者分别占纠纷总量的20%、12.5%和7.5%。",
        "专题学习习近平法治思想14场、法律法规学习23次，与2024年的12场、20次相比略有增加。",
        "应急演练79场，参加4366人次，两项数据去年分别为70场、4000人次。",
        "全镇调解纠纷200件，一至四季度分别调解40件、50件、63件、47件。",
        "“邻里纠纷”“婚姻家庭纠纷”“物业纠纷”三类分别为40件、25件、15件。",
        "括号内为2024年数。重大行政决策43项（40项），合同审查136件次（111件次）。",
        "调解纠纷200件，上、下半年分别为90件、110件，上半年合计90件。",
    ],
)
def test_each_figure_of_the_second_list_is_held(text, ledgers):
    judged = judge(bind(text, ledgers), ledgers)
    assert {one.verdict for one in judged if one.claim.quantity.text not in ("三者", "两项", "三类", "四个季度")} <= {
        "right",
        "derived",
    }
    last = judged[-1].claim.quantity
    digit = str(int(last.text[0]) % 9 + 1)
    assert verdicts(text[: last.start] + digit + text[last.start + 1 :], ledgers)[-1] in ("wrong", "doubtful")


@pytest.mark.parametrize(
    "text",
    [
        "邻里纠纷40件、婚姻家庭纠纷25件，满意率、回访率分别为96%、98%。",
        "应急演练79场，调解纠纷200件，与2024年的评比名次第3名、第4名不同。",
        "括号内为2023年数。重大行政决策43项（12项），合同审查136件次（8件次）。",
        "调解纠纷200件，各村数量不等，平均分别为31件、12件。",
    ],
)
def test_a_list_of_other_things_is_not_called_wrong(text, ledgers):
    assert not {"wrong", "doubtful"} & set(verdicts(text, ledgers))
