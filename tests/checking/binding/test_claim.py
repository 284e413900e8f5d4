"""Claims of sentences that list more figures than words can tell apart."""

from fazhi.checking.binding.claim import crowded
from fazhi.checking.claims import bind


def test_only_a_sentence_with_hundreds_of_figures_is_crowded(ledgers):
    text = "调解纠纷200件。" + "、".join(["12件"] * 201) + "。"
    assert crowded(bind(text, ledgers)) == {len("调解纠纷200件。")}
    assert not crowded(bind("调解纠纷" + "、".join(["12件"] * 200) + "。", ledgers))
