"""The arguments of the command `fazhi`, and what is said of wrong ones."""

import argparse
import re
import unicodedata
from collections.abc import Sequence
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from typing import Any, NoReturn

from fazhi import __version__
from fazhi.cli.completion import SHELLS
from fazhi.cli.opening import OPENED

_LATEST = "缺省为 data/raw 中最近的一年"
_CHINESE = {
    "报告": "report",
    "趋势": "trends",
    "附表": "appendix",
    "退回": "returned",
    "初稿": "draft",
}  # of `fazhi open`
_OPENED = "、".join(f"{name}（{chinese}）" for chinese, name in _CHINESE.items()) + "，缺省为 report"
FAILED = 2  # the exit code of a command that could not do it


class _Formatter(argparse.HelpFormatter):
    """argparse's help with its own words in Chinese."""

    def add_usage(self, usage: Any, actions: Any, groups: Any, prefix: str | None = None) -> None:
        super().add_usage(usage, actions, groups, "用法：" if prefix is None else prefix)


class _Parser(argparse.ArgumentParser):
    """argparse with messages in Chinese and the project's exit code."""

    passes_on = False  # options it does not know, to another program

    def __init__(self, **given: Any) -> None:
        super().__init__(**given, add_help=False, formatter_class=_Formatter)
        self._positionals.title, self._optionals.title = "参数", "选项"
        self.add_argument("-h", "--help", action="help", help="显示用法")

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> Any:
        """As argparse, but an option that does not exist is told as such, not as a value in the wrong place."""
        known = [name for name in self._option_string_actions if name != "--help"]
        for written in () if self._subparsers or self.passes_on else map(str, args or ()):
            name = written.split("=")[0]
            if (
                name.startswith("--")
                and len(name) > 2
                and not any(option.startswith(name) for option in (*known, "--help"))
            ):
                self.error(f"没有选项 {name}{_like(name, known)}")
        found = super().parse_known_args(args, namespace)
        if getattr(found[0], "poll", False) and not found[0].watch:
            self.error("--poll 与 --watch 同用：fazhi run --watch --poll")
        return found

    def error(self, message: str) -> NoReturn:
        for english, chinese in _ENGLISH:
            if found := re.search(english, message):
                message = chinese.format(*((group or "").replace("', '", "、").strip("'") for group in found.groups()))
                break
        if (found := re.search(r"没有命令“(.+)”", message)) and self._subparsers:
            commands = next(one for one in self._actions if isinstance(one, argparse._SubParsersAction))
            known = list(commands.choices)
            message += _like(found[1], known) or f"，可用的有：{'、'.join(known)}"
        self.exit(FAILED, f"{message.rstrip('。')}。\n用法见 {self.prog} --help\n")


# What argparse says of what was typed, and how it is said here.
_ENGLISH = (
    (r"argument 命令: invalid choice: '(.*?)'", "没有命令“{0}”"),
    (r"argument (.*?): invalid choice: '(.*?)' \(choose from (.*)\)", "{0}应为 {2} 之一，写的是“{1}”"),
    (r"unrecognized arguments: (.*)", "多出了“{0}”"),
    (r"the following arguments are required: (.*)", "缺少：{0}"),
    (r"argument (.*?): invalid int value: '(.*)'", "{0}应为整数，写的是“{1}”"),
    (r"argument (.*?): expected (?:one|at least one) argument", "{0} 后面应跟一个值"),
    (r"argument (.*?): not allowed with argument (.*)", "{0} 不能与 {1} 同用"),
    (r"ambiguous option: (\S+) could match (.*)", "{0} 不止一种可能：{1}"),
    (r"argument (.*?): (.*)", "{0}：{1}"),
)


def _like(word: str, known: Sequence[str]) -> str:
    near = get_close_matches(word, known, 1, 0.6)
    return f"，最接近的是 {near[0]}" if near else ""


def parser() -> argparse.ArgumentParser:
    """The command's arguments."""
    top = _Parser(prog="fazhi", description="法治政府建设年度报告：从各科室台账到报告初稿，每个数字都能追到原始行。")
    top.add_argument("--version", action="version", version=f"fazhi {__version__}", help="显示版本")
    commands = top.add_subparsers(dest="command", metavar="命令", required=True, parser_class=_Parser)
    run = _command(commands, "run", "生成一年的全部结果（只做过期的部分）")
    run.add_argument("year", nargs="?", type=_year, metavar="年度", help=f"报告年度，{_LATEST}")
    run.add_argument("--force", action="store_true", help="不论是否过期，全部重做")
    run.add_argument("--jobs", type=_jobs, default=0, metavar="N", help="同时运行几个笔记本，缺省为处理器数")
    run.add_argument("--no-wait", action="store_true", help="另一次运行正在进行时不等，说明是谁就退出")
    run.add_argument("--watch", action="store_true", help="不退出，data/raw 有改动就重做")
    how_much = run.add_mutually_exclusive_group()
    how_much.add_argument("--quiet", action="store_true", help="只说没有完成的事；结果看退出码")
    how_much.add_argument("--verbose", action="store_true", help="也说做了哪些步骤，为什么，用时多久")
    run.add_argument("--poll", action="store_true", help="与 --watch 同用：定时查看改动，用于网络盘")
    status = _command(commands, "status", "哪些步骤需要重做，为什么")
    status.add_argument("year", nargs="?", type=_year, metavar="年度", help=_LATEST)
    status.add_argument("--graph", action="store_true", help="各步骤的先后（Mermaid 图），要重做的标出")
    trace = _command(commands, "trace", "一个数字由哪些原始行得来")
    trace.add_argument(
        "indicator", nargs="?", metavar="指标", help="指标代号或名称，如 contracts.reviewed；不写则列出全部"
    )
    trace.add_argument("--year", type=_year, metavar="年度", help=_LATEST)
    trace.add_argument("--xlsx", type=Path, metavar="文件", help="把这些行写入工作簿")
    check = _command(commands, "check", "把改过的稿子逐个数字与台账核对")
    check.add_argument("draft", type=Path, metavar="稿子", help=".docx、.pdf、.md 或 .txt")
    check.add_argument("--year", type=_year, metavar="年度", help=_LATEST)
    check.add_argument("--out", type=Path, metavar="文件夹", help="结果放在哪里，缺省为该年结果下的 check")
    accept = _command(commands, "accept", "列出待定的写法，记入认定的意思，或教会一种表怎么读")
    accept.add_argument("words", nargs="*", metavar="编号 意思", help="不写则列出；或写 项目 写法 意思；或写一个文件")
    accept.add_argument("--year", type=_year, metavar="年度", help=_LATEST)
    accept.add_argument("--date", type=_date, metavar="日期", help="记录的日期，缺省为今天")
    accept.add_argument("--replace", action="store_true", help="与以前的认定不一致时，以这次为准")
    _form_options(accept)
    shown = _command(commands, "open", "打开做好的文件")
    shown.add_argument(
        "what", nargs="?", default="report", type=_opened, choices=list(OPENED), metavar="文件", help=_OPENED
    )
    shown.add_argument("--year", type=_year, metavar="年度", help=_LATEST)
    _yearly(commands)
    fleet = _command(commands, "fleet", "一个文件夹下所有镇的一年", workspace=False)
    fleet.add_argument("folder", type=Path, metavar="文件夹", help="各镇工作区所在的文件夹，可以有多层")
    fleet.add_argument("year", nargs="?", type=_year, metavar="年度", help="报告年度，缺省为各镇中最近的一年")
    fleet.add_argument("--jobs", type=_jobs, default=0, metavar="N", help="同时处理几个镇，缺省为处理器数")
    fleet.add_argument(
        "--scheduler", default="", metavar="地址", help="Dask 调度器，如 tcp://10.0.0.5:8786，缺省在本机运行"
    )
    completion = _command(commands, "completion", "按 TAB 键补全命令：写给终端的脚本", workspace=False, json=False)
    completion.add_argument("shell", choices=SHELLS, metavar="终端", help="、".join(SHELLS))
    completion.epilog = '用法：bash、zsh 在启动文件里写 eval "$(fazhi completion bash)"（或 zsh）；fish 写 fazhi completion fish | source；PowerShell 写 fazhi completion powershell | Out-String | Invoke-Expression。'
    _command(commands, "doctor", "看看这台电脑和这个工作区缺什么")
    lab = _command(commands, "lab", "在 JupyterLab 中打开笔记本", json=False)
    lab.passes_on = True
    lab.epilog = "其他选项都交给 jupyter lab，如 --no-browser、--port=8890。"
    return top


def _yearly(commands: "argparse._SubParsersAction[_Parser]") -> None:
    """What begins and ends a year, and what goes to the offices."""
    new = _command(commands, "new", "建立一个新的工作区")
    new.add_argument("folder", type=Path, metavar="文件夹", help="镇的文件夹，如 青木镇；放在程序文件夹以外")
    new_year = _command(commands, "new-year", "建立新一年的原始文件夹")
    new_year.add_argument("year", type=_year, metavar="年度", help="四位数字，如 2026")
    published = _command(commands, "published", "报告公布以后，记下其中的数，明年比较用")
    published.add_argument("year", nargs="?", type=_year, metavar="年度", help=_LATEST)
    published.add_argument("--replace", action="store_true", help="已经记过的，以这次为准")
    blank = _command(commands, "blank", "空白台账，给科室填")
    blank.add_argument("ledger", nargs="?", default="", metavar="台账", help="台账的名称；不写则全部")
    blank.add_argument("--year", type=_year, metavar="年度", help=_LATEST)
    letters = _command(commands, "letters", "给各科室的通知：补报缺的台账，更正错处")
    letters.add_argument("year", nargs="?", type=_year, metavar="年度", help=_LATEST)
    letters.add_argument(
        "--by", type=_date, metavar="日期", help="请科室在哪天以前报送，缺省为 unit.yml 的 letters_due"
    )
    letters.add_argument("--date", type=_date, metavar="日期", help="落款日期，缺省留空")


def _form_options(accept: _Parser) -> None:
    """What is said of one sheet: `fazhi accept 文件 …`."""
    form = accept.add_argument_group("教会一种表怎么读：fazhi accept 文件，或 文件[工作表]")
    form.add_argument("--ledger", default="", metavar="台账", help="是哪一本台账；或 无关、计划、样表、汇总")
    form.add_argument("--column", action="append", type=_pair, default=[], metavar="标题=列", help="这个标题是哪一列")
    form.add_argument("--ignore", action="append", default=[], metavar="标题", help="这个标题无关")
    form.add_argument("--always", action="append", type=_pair, default=[], metavar="列=值", help="每一行都是这个值")
    form.add_argument(
        "--value", action="append", type=_pair, default=[], metavar="列:写法=意思", help="这一列里的这个写法是什么意思"
    )
    form.add_argument("--name", default="", metavar="名称", help="表样的文件名，缺省由标题得来")
    form.add_argument("--yes", action="store_true", help="不再问，照此记录")


def _pair(text: str) -> tuple[str, str]:
    name, equals, value = text.replace("＝", "=").rpartition("=")
    if not equals or not name.strip():
        raise argparse.ArgumentTypeError(f"应为“名称=值”，如 检查时间=日期，写的是“{text}”")
    return name.strip(), value.strip()


def _command(
    commands: "argparse._SubParsersAction[_Parser]", name: str, text: str, *, workspace: bool = True, json: bool = True
) -> _Parser:
    found = commands.add_parser(name, help=text, description=text)
    if workspace:
        found.add_argument(
            "--workspace", type=Path, default=None, metavar="文件夹", help="工作区，缺省为当前所在的工作区"
        )
    if json:
        found.add_argument("--json", action="store_true", help="结果以 JSON 输出，没有完成时也是")
    return found


def _year(text: str) -> int:
    plain = unicodedata.normalize("NFKC", text).removesuffix("年")
    if not re.fullmatch(r"20[0-9]{2}", plain):
        raise argparse.ArgumentTypeError(f"应为四位数字，如 2025，写的是“{text}”")
    return int(plain)


def _opened(text: str) -> str:
    return _CHINESE.get(text, text)


def _jobs(text: str) -> int:
    if not text.isdecimal() or not int(text):
        raise argparse.ArgumentTypeError(f"应为正整数，写的是“{text}”；不写则为处理器数")
    return int(text)


def _date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError("应为日期，如 2026-01-08") from None
