"""Decisions put into aliases.yml, all or none."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from fazhi.decisions.aliases_edit import NAME, OWN, Decision, present_meaning, shown, with_decision
from fazhi.dictionary.aliases import Aliases
from fazhi.dictionary.yaml_reading import build, parse_yaml
from fazhi.errors import SpecError
from fazhi.workspace.files import write_bytes


def record(path: Path, text: str, decisions: Sequence[Decision], on: date, replace: bool = False) -> str:
    """Write the decisions into aliases.yml, all or none; what was done. Raises SpecError where an earlier decision differs."""
    after, sentences = text, []
    for decision in decisions:
        after, said_of_it = _with_decision(after, decision, on, replace)
        sentences.append(said_of_it)
    if after == text:
        return sentences[0]
    build(Aliases, parse_yaml(after, NAME), NAME)
    mark = b"\xef\xbb\xbf" if path.exists() and path.read_bytes().startswith(b"\xef\xbb\xbf") else b""
    write_bytes(path, mark + after.encode("utf-8"))
    return "".join(sentences)


def _with_decision(text: str, decision: Decision, on: date, replace: bool = False) -> tuple[str, str]:
    """The text with the decision in it, and what is told of it."""
    known, means = present_meaning(text, decision.path, decision.written)
    if isinstance(decision.means, tuple):
        return _with_category(text, decision, on, means or ())
    if known and str(means) == str(decision.means):
        return text, f"{NAME} 已有这一条，没有改动（{decision.sentence}）。"
    if known and not replace:
        raise SpecError(
            f"{NAME} 已写明“{decision.written}”为“{shown(means)}”，与这次的“{shown(decision.means)}”不一致，没有改动。确要改，请加 --replace。"
        )
    was = f"（原为“{shown(means)}”）" if known else ""
    return with_decision(text, decision, on.isoformat()), f"已记入 {NAME}：{decision.sentence}{was}。"


def _with_category(text: str, decision: Decision, on: date, known: Sequence[str]) -> tuple[str, str]:
    """The text with a category of the town's own in it, and what is told of it."""
    for written in decision.means if isinstance(decision.means, tuple) else ():
        if written in known:
            return text, f"{NAME} 已有这一条，没有改动（{decision.sentence}）。"
        earlier, means = present_meaning(text, ("values", decision.written), written)
        if earlier:
            raise SpecError(f"{NAME} 已写明“{written}”为“{shown(means)}”，没有改动。要{OWN}，请先删去那一行。")
    return with_decision(text, decision, on.isoformat()), f"已记入 {NAME}：{decision.sentence}。"


def aliases_text(path: Path) -> str:
    """The present text of aliases.yml, "" where there is none. Raises `SpecError` where it is no UTF-8."""
    try:
        return path.read_bytes().decode("utf-8-sig") if path.exists() else ""
    except UnicodeDecodeError:
        raise SpecError(f"{NAME} 不是 UTF-8 文本，请另存为 UTF-8 编码。") from None
