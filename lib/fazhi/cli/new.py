"""`fazhi new` and `fazhi new-year`: the folders a town starts from, with nothing in them to unlearn."""

from pathlib import Path

from fazhi.dictionary.town_files import load_unit
from fazhi.errors import LedgerError
from fazhi.workspace.files import write_text
from fazhi.workspace.paths import Workspace

UNIT = """\
# 本镇（街道）的基本情况。name、villages、offices 必填，其余可不写。
name: 青木镇
villages: [龙井村, 金凤社区]
offices: [党建办, 党政办, 平安法治办, 应急管理办, 综合行政执法大队, 经济发展办, 民生服务办, 规划建设办, 司法所]
# issuer: 青木镇人民政府        # 发文机关
# addressee: 某某区人民政府      # 主送机关
# document_number: 青木府发〔2026〕1号
# report_date: 2026-01-09
# form: 公开版                 # 或 公文版
# heads:                       # 第一部分的小标题，只写要改的；名称见 docs/specs.md
#   oversight: 加强行政权力监督
"""


def new_workspace(folder: Path) -> str:
    """Make `data/raw/unit.yml` and the folders; a workspace that exists is left as it is."""
    workspace = Workspace(folder.resolve())
    if workspace.unit_file.exists():
        raise LedgerError(f"{folder} 已是工作区，未作改动。")
    write_text(workspace.unit_file, UNIT)
    (workspace.root / "data" / "processed").mkdir(parents=True, exist_ok=True)
    return f"已建立 {folder}。请先改写 data/raw/unit.yml，再用 fazhi new-year 建立年度文件夹。"


def new_year(workspace: Workspace, year: int) -> str:
    """A folder per office below `data/raw/<year>`."""
    unit = load_unit(workspace.unit_file)
    folder = workspace.raw(year)
    if folder.exists():
        raise LedgerError(f"data/raw/{year} 已存在，未作改动。")
    for office in unit.offices:
        (folder / office).mkdir(parents=True)
    return f"已建立 data/raw/{year} 及 {len(unit.offices)} 个科室文件夹。放入台账后运行 fazhi run {year}。"
