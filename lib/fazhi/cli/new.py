"""`fazhi new` and `fazhi new-year`: the folders a town starts from, with nothing in them to unlearn."""

import re
from collections.abc import Iterator
from pathlib import Path

from fazhi.cli.analysis_folder import open_analysis
from fazhi.cli.published import keep_published
from fazhi.dictionary.town_files import load_unit
from fazhi.errors import LedgerError
from fazhi.workspace.files import write_text
from fazhi.workspace.paths import Workspace
from fazhi.workspace.run_record import read_run

UNIT = """\
# 本镇（街道）的基本情况。name、villages、offices 必填，其余可不写。标点一律用半角。
name: {name}
villages: []     # 各村（居）全称，按表格次序，如 [龙井村, 金凤社区]
offices: []      # 各科室，按表格次序，如 [党建办, 党政办, 平安法治办, 应急管理办, 综合行政执法大队, 司法所]
# issuer: {name}人民政府        # 发文机关
# addressee: 某某区人民政府      # 主送机关
# document_number: 某某府发〔2026〕1号
# signer: 张某某                # 签发人，公文版印在文号同一行
# report_date: 2026-01-09
# form: 公开版                 # 或 公文版
# word_template: 模板.docx      # 本单位的 Word 模板（红头、页边距、印章），放在 data/raw/templates
# heads:                       # 第一部分的小标题，只写要改的；名称见 docs/howto/change-the-report.md
#   oversight: 加强行政权力监督
"""
IGNORED = """\
# 台账和结果不进版本库：里面有个人信息。
data/raw/
data/processed/
data/logs/
data/.key
analysis/
blank/
letters/
"""
GUIDE = """\
{name}法治政府建设年度报告

1. 填写 data/raw/unit.yml：镇名、村（居）、科室。
2. 运行 fazhi new-year 2026（年度），把各科室的台账原样放进 data/raw/2026/科室/，不用改名，不用改格式。
3. 运行 fazhi run 2026，看“须处理”各条。写法不同而意思清楚的，用 fazhi accept 认定；要科室更正的，把 data/processed/2026/returned/ 里的
   工作簿退给科室，更正后换下原件。
4. 再运行 fazhi run 2026，直到没有须处理的事项。用 fazhi open 打开报告，fazhi trace 查一个数由哪些行得来。
5. 改过的稿子用 fazhi check 稿子.docx 逐个数字核对；给科室的催报、更正通知用 fazhi letters；空白台账用 fazhi blank。
6. 报告公布以后运行 fazhi published 2026，记下公布的数，明年比较用。电脑上缺什么，用 fazhi doctor 看。
7. 自己要问的，在 analysis/ 里问：fazhi lab 打开 analysis/开始.ipynb。只供内部使用。
"""
# The name of a town's folder: 红星镇 of `红星镇`, of `红星镇2026`.
_TOWN = re.compile(r"[\u3400-\u9fff]{1,12}?(?:镇|乡|街道)")


def new_workspace(folder: Path) -> str:
    """Make `data/raw/unit.yml`, a guide and the folders; a workspace that exists is left as it is, and none lies in another.

    The town's name is taken from the folder's; villages and offices stay empty, so that nothing runs before they are filled in.
    """
    workspace = Workspace(folder.resolve())
    if workspace.unit_file.exists():
        raise LedgerError(f"{folder} 已是工作区，未作改动。")
    outer = next((above for above in workspace.root.parents if (above / "data" / "raw").is_dir()), None)
    if outer is not None:
        raise LedgerError(
            f"{workspace.root} 在另一个工作区 {outer} 里面，未建立。请换一个位置，如 {outer.parent / folder.name}。"
        )
    named = _TOWN.match(workspace.root.name)
    name = named[0] if named else ""
    write_text(
        workspace.unit_file,
        UNIT.format(
            name=name or '""      # 本镇（街道）全称',
        ).replace('# issuer: ""', "# issuer: 某某镇"),
    )
    write_text(workspace.root / ".gitignore", IGNORED)
    open_analysis(workspace)
    write_text(workspace.root / "说明.txt", GUIDE.format(name=name))
    (workspace.root / "data" / "processed").mkdir(parents=True, exist_ok=True)
    return f"已建立 {folder}。请先填写 {workspace.unit_file} 中的村（居）和科室，再 cd {folder}，运行 fazhi new-year 2025（年度）建立各科室的文件夹。"


def new_year(workspace: Workspace, year: int) -> str:
    """A folder per office below `data/raw/<year>`."""
    if not 2000 <= year <= 2099:
        raise LedgerError(f"年度应为四位数字，如 2026，写的是 {year}。")
    unit = load_unit(workspace.unit_file)
    folder = workspace.raw(year)
    if folder.exists():
        raise LedgerError(f"data/raw/{year} 已存在，未作改动。")
    for office in unit.offices:
        (folder / office).mkdir(parents=True)
    made = f"已建立 data/raw/{year} 及 {len(unit.offices)} 个科室文件夹。放入台账后运行 fazhi run {year}。"
    return "\n".join([made, *_carried_over(workspace, year), *_kept_figures(workspace, year - 1)])


def _kept_figures(workspace: Workspace, last: int) -> Iterator[str]:
    """Keep the figures of last year's report, where that was not done when it was published and nothing in it is open any more:
    what still waits for a decision is a draft, and may be printed otherwise."""
    if last not in workspace.years() or workspace.published_file(last).exists():
        return
    waiting = read_run(workspace.processed(last)).open
    if waiting.counts.get("error") or waiting.figures:
        yield f"{last}年还有须处理的事项，没有当作已公布。报告公布以后运行 fazhi published {last}，台账再有改动才比得出来。"
        return
    try:
        yield keep_published(workspace, last)
    except LedgerError as error:
        yield f"{last}年报告公布时的数没有记下，台账以后有改动就比不出来：{error}"


# What a year's own text says of that year alone: years, sessions and numbers, and names that may have changed.
_DATED = re.compile(
    r"\d{4}|[〇○零一二三四五六七八九]{4}年|第[一二三四五六七八九十百\d]+[次届期]|\d+(?:\.\d+)?|[一二三四五六七八九十]{2}[·届]?[一二三四]中全会|“[一二三四五六七八九]五”"
)
_CODE = re.compile(r"\{[%{#].*?[%}#]\}", re.S)


def _carried_over(workspace: Workspace, year: int) -> Iterator[str]:
    """Take the wording of the last year over, and say what in it, and in the settings of the town, is to be looked at."""
    earlier = [known for known in workspace.years() if known < year]
    if not earlier:
        return
    template = workspace.report_template(earlier[-1])
    if template.is_file():
        text = template.read_text(encoding="utf-8")
        write_text(workspace.report_template(year), text)
        yield f"报告的写法由 {earlier[-1]} 年沿用：data/raw/{year}/report.md。"
        shown = _CODE.sub(lambda code: "\n" * code[0].count("\n"), text)
        for number, line in enumerate(shown.splitlines(), 1):
            if dated := list(dict.fromkeys(_DATED.findall(line))):
                yield f"  · 第 {number} 行请核对：{'、'.join(dated)}"
    if own := workspace.year_settings(earlier[-1]):
        yield f"  · {''.join(own)} 只管 {earlier[-1]} 年（发文字号、日期等），没有沿用；{year} 年的写在 data/raw/{year}/unit.yml。"
    if old := _settings_of_a_year(workspace):
        yield f"  · unit.yml 里有只管一年的：{'、'.join(old)}。{year} 年的写在 data/raw/{year}/unit.yml，否则照旧印出。"


def _settings_of_a_year(workspace: Workspace) -> list[str]:
    """What `unit.yml` says of one year for all: a date, a document's number, a year typed into the title."""
    unit = load_unit(workspace.unit_file)
    written = {
        name: str(getattr(unit, name) or "") for name in ("document_number", "report_date", "letters_due", "title")
    }
    return [f"{name}（{text}）" for name, text in written.items() if re.search(r"20\d\d", text)]
