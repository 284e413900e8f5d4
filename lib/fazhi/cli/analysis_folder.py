"""The folder for an analyst's own notebooks in a workspace, with one to start from: no step of a run, and out of git."""

import json
from pathlib import Path

from fazhi.workspace.files import write_text
from fazhi.workspace.paths import Workspace

FOLDER, NOTEBOOK = "analysis", "开始.ipynb"
IGNORED = "# 自己的分析：未经隐去，只供内部使用，不进版本库。\n*\n"
_CELLS = (
    ("markdown", "# 自己的分析\n\n各年清理后的台账，一本一张表，列名是中文。没有姓名，只有代号。数未经隐去，**只供内部使用**。"
     "这里的笔记本不参加运行，也不进版本库。"),
    ("code", "from fazhi.steps import analysis\n\ntables = analysis.open_tables()\ntables"),
    ("code", 'disputes = tables["矛盾纠纷调解台账"]\ndisputes.tail()'),
    ("markdown", "一行筛选：写列名和要的值，几个值写成列表。"),
    ("code", 'some = analysis.only(disputes, {"调解结果": ["调解成功", "调解不成功"]})\nlen(some)'),
    ("markdown", "比较两年。"),
    ("code", 'last = max(disputes["年度"])\ncompared = analysis.two_years(disputes, "纠纷类型", last - 1, last)\ncompared'),
    ("markdown", "谁在调解：只有代号，同一个人每年同一个代号。"),
    ("code", 'disputes.groupby(["调解员（代号）", "年度"]).size().unstack(fill_value=0) if "调解员（代号）" in disputes else "台账没有调解员一列"'),
    ("markdown", "画图，存下来。"),
    ("code", 'picture = analysis.chart(compared)\npicture'),
    ("code", 'analysis.save(picture, "纠纷类型两年比较"), analysis.save(compared, "纠纷类型两年比较")'),
)  # fmt: skip


def open_analysis(workspace: Workspace) -> Path:
    """The workspace's folder for analysis, made where it is missing; what lies in it is left as it is."""
    folder = workspace.root / FOLDER
    if not folder.is_dir():
        write_text(folder / ".gitignore", IGNORED)
        write_text(folder / NOTEBOOK, starter())
    return folder


def starter() -> str:
    """The notebook to start from, as JSON."""
    cells: list[dict[str, object]] = [
        {"cell_type": kind, "id": f"cell-{place}", "metadata": {}, "source": text.splitlines(keepends=True)}
        | ({"execution_count": None, "outputs": []} if kind == "code" else {})
        for place, (kind, text) in enumerate(_CELLS, 1)
    ]
    kernel = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
    book = {"cells": cells, "metadata": {"kernelspec": kernel}, "nbformat": 4, "nbformat_minor": 5}
    return json.dumps(book, ensure_ascii=False, indent=1) + "\n"
