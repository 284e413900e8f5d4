"""The text refers to a chart where it first tells a figure of it, at the end of that sentence."""

from fazhi.narrative.references import with_references


def block(*runs: object) -> dict[str, object]:
    return {"type": "paragraph", "runs": [{"text": run} if isinstance(run, str) else run for run in runs]}


def figure(name: str, text: str, **facts: object) -> dict[str, object]:
    return {"text": text, "figure": name, **facts}


def shown(blocks: list[dict[str, object]]) -> list[str]:
    return ["".join(run["text"] or f"<{'|'.join(run['see'])}>" for run in block["runs"]) for block in blocks]


def test_at_the_end_of_the_first_sentence_that_tells_one_of_its_figures() -> None:
    blocks = [
        block(
            "全年调解",
            figure("d", "125件"),
            "，较上年",
            figure("d:change", "增长6%"),
            "。办结",
            figure("e", "3件"),
            "；余下不计。",
        ),
        block("又有", figure("d", "125件")),
    ]
    told = shown(with_references(blocks, {"chart": ["d"], "table": ["d", "e"], "other": ["e"], "absent": ["x"]}))
    assert told == ["全年调解125件，较上年增长6%<chart|table>。办结3件；余下不计<other>。", "又有125件"]


def test_a_paragraph_without_a_stop_and_a_gap() -> None:
    blocks = [block(figure("d", "〔待核实〕件", gap=True), "。"), block("共", figure("d", "9件"))]
    assert shown(with_references(blocks, {"chart": ["d"]})) == ["〔待核实〕件。", "共9件<chart>"]
