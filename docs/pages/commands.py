"""What the command understands, as a page, from its own parser."""

import argparse
from collections.abc import Iterator

from docs.pages.markdown import GENERATED, table

from fazhi.cli.arguments import parser

INTRODUCTION = """# 命令

在镇的文件夹（工作区）里运行；在别处时加 `--workspace 文件夹`（`fleet` 除外，它写明文件夹）。

| 退出码 | 意思 |
| --- | --- |
| 0 | 完成 |
| 1 | 完成，但有须处理的事项 |
| 2 | 没有完成，已说明原因；原有的结果不动 |
"""
HEADS = ("写法", "意思")
EVERYWHERE = ("help", "workspace", "json")


def commands_page() -> str:
    """docs/reference/commands.md."""
    sections = (_section(name, command) for name, command in commands().items())
    shared = next(iter(commands().values()))
    everywhere = [_row(action) for action in shared._actions if action.dest in EVERYWHERE]
    last = f"## 每个命令都有的选项\n\n{table(HEADS, everywhere)}\n\n`fazhi --version` 说明版本。\n"
    return "\n".join([f"{GENERATED}\n", INTRODUCTION, *sections, last])


def commands() -> dict[str, argparse.ArgumentParser]:
    """Every command with its own parser."""
    known = next(one for one in parser()._actions if isinstance(one, argparse._SubParsersAction))
    return dict(known.choices)


def _section(name: str, command: argparse.ArgumentParser) -> str:
    own = [action for action in command._actions if action.dest not in EVERYWHERE]
    lines = [f"## {name}", "", f"{command.description}。", "", f"    {_usage(name, own)}", ""]
    if own:
        lines += [table(HEADS, map(_row, own)), ""]
    if command.epilog:
        lines += [command.epilog, ""]
    return "\n".join(lines)


def _usage(name: str, own: list[argparse.Action]) -> str:
    return " ".join(["fazhi", name, *_words(own)])


def _words(own: list[argparse.Action]) -> Iterator[str]:
    for action in own:
        word = _written(action)
        if action.nargs == "*":
            word += " …"
        yield word if action.required else f"[{word}]"


def _written(action: argparse.Action) -> str:
    name = action.option_strings[-1] if action.option_strings else ""
    value = "" if action.nargs == 0 else str(action.metavar or action.dest)
    return " ".join(filter(None, (name, value)))


def _row(action: argparse.Action) -> tuple[str, str]:
    said = "显示用法" if action.dest == "help" else action.help or ""
    listed = f"；可写 {'、'.join(map(str, action.choices))}" if action.choices and not action.help else ""
    return f"`{_written(action)}`", said + listed
