"""What is wrong with a YAML text, in Chinese, with the line, and what to write instead."""

import re
from collections.abc import Sequence

import yaml

_COLON, _COMMA = "：", "，"
_PROBLEMS = (
    ("mapping values are not allowed", "冒号的位置不对：上面一行可能写成了全角冒号，或者缩进不对"),
    ("could not find expected ':'", "缺少冒号，或者冒号后面没有空格"),
    ("cannot start any token", "不能以这个符号开头，请给整项内容加引号"),
    ("found undefined alias", "不能以 * 开头，请给整项内容加引号"),
    ("did not find expected key", "缩进与上面各行对不齐"),
    ("block end", "缩进与上面各行对不齐"),
    ("expected block", "缩进与上面各行对不齐"),
)


def parse_fault(text: str, error: yaml.YAMLError) -> str:
    """Where and why a text is no YAML: 第 1 行写法有误：用了全角冒号“：”，请改成半角冒号加空格“: ”."""
    problem, mark = str(getattr(error, "problem", None) or ""), getattr(error, "problem_mark", None)
    if line := full_width_colon(text, mark.line + 1 if mark else len(text)):
        return f"第 {line} 行写法有误：用了全角冒号“{_COLON}”，请改成半角冒号加空格“: ”"
    if narrow := _no_space(text, mark.line + 1 if mark else len(text)):
        return narrow
    context, began = str(getattr(error, "context", None) or ""), getattr(error, "context_mark", None)
    where = f"第 {mark.line + 1} 行写法有误：" if mark else "写法有误："
    if "tab" in problem or "'\\t'" in problem:
        return f"{where}用了制表符（Tab），请改成空格"
    if began and (
        opened := next((sign for sign, of in (("[", "sequence"), ("{", "mapping")) if f"flow {of}" in context), "")
    ):
        return f"第 {began.line + 1} 行写法有误：{opened} 没有配对"
    if began and "quoted scalar" in context:
        return f"第 {began.line + 1} 行写法有误：引号没有配对"
    if re.search(r"[\u3400-\u9fff]", problem):  # our own
        return f"{where}{problem}"
    return f"{where}{next((said for words, said in _PROBLEMS if words in problem), '不是正确的 YAML，请检查缩进、冒号和引号')}"


def no_mapping(text: str) -> str:
    """Why a text is YAML but no mapping."""
    line = full_width_colon(text, len(text))
    wrong = f"第 {line} 行写法有误：用了全角冒号“{_COLON}”，请改成半角冒号加空格“: ”。"
    return wrong if line else "应为“名称: 内容”的形式，请对照说明改写。"


def full_width_colon(text: str, last: int) -> int:
    """The first line, up to `last`, that has a full-width colon where a key ends; 0 where none has. Lines are numbered from 1."""
    for number, line in enumerate(text.splitlines()[:last], 1):
        if re.match(rf"\s*(?:-\s+)?[^\s#\"'\[{{:{_COLON}]{{1,40}}{_COLON}", line) and not re.search(r":(?:\s|$)", line):
            return number
    return 0


def _no_space(text: str, last: int) -> str:
    """The first line, up to `last`, on which the space behind a colon or a dash is missing, and what to write there."""
    for number, line in enumerate(text.splitlines()[:last], 1):
        if re.match(r"\s*-[^\s\-#]", line) and not re.match(r"\s*-\d", line):
            return f"第 {number} 行写法有误：“-”后面要空一格"
        if re.match(r"\s*(?:-\s+)?[^\s#\"'\[{:]{1,40}:[^\s:/\\]", line) and not re.search(r":(?:\s|$)", line):
            return f"第 {number} 行写法有误：冒号后面要空一格"
    return ""


def line_of(text: str, path: Sequence[str | int]) -> int:
    """The line on which an item stands: `path` are keys and places in lists. 0 where not even its first key is there."""
    node: yaml.Node | None = yaml.compose(text, Loader=yaml.SafeLoader)
    line = 0
    for part in path:
        found: tuple[yaml.Node, yaml.Node] | None = None
        if isinstance(node, yaml.MappingNode):
            found = next(((key, value) for key, value in node.value if key.value == str(part)), None)
        elif isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
            found = (node.value[part], node.value[part])
        if found is None:
            break
        line, node = found[0].start_mark.line + 1, found[1]
    return line


def refuse_full_width(node: yaml.CollectionNode) -> None:
    """Refuse a list or mapping in brackets whose items hold a full-width comma or colon unquoted: [石桥村，柳林村] is one item."""
    if not node.flow_style:
        return
    pairs = isinstance(node, yaml.MappingNode)
    plain = [
        item
        for one in node.value
        for item in (one if pairs else (one,))
        if isinstance(item, yaml.ScalarNode) and not item.style
    ]
    for item in plain:
        for sign, right in ((_COMMA, ", "), (_COLON, ": ")) if pairs else ((_COMMA, ", "),):
            if sign in item.value:
                said = (
                    f"方括号、花括号里的“{item.value}”用了全角的“{sign}”，请改成“{right}”；确是内容的一部分，请加引号"
                )
                raise yaml.constructor.ConstructorError(None, None, said, item.start_mark)
