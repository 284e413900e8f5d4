"""Files that were received and not read. They stand beside what is missing: no office is to be pressed for what lies there."""

from collections.abc import Mapping, Sequence

from fazhi.issues.issue import Issue

UNREAD = frozenset({"sheet_unknown", "sheet_ambiguous", "header_missing"})
MAXIMUM_FILES = 20  # named after a run


def unread_files(issues: Sequence[Issue]) -> dict[str, tuple[str, ...]]:
    """Each file with a sheet that was not read -> titles of the missing ledgers that it may be: those that its issue names, else
    those that the office owes in whose folder it lies."""
    missing = {
        issue.found.removeprefix("没有"): issue.expected.removesuffix("报送")
        for issue in issues
        if issue.kind == "ledger_missing"
    }
    found: dict[str, list[str]] = {}
    for issue in issues:
        if issue.kind in UNREAD and issue.severity != "info":
            named = [title for title in missing if title in issue.found]
            owed = [title for title, office in missing.items() if issue.file.startswith(f"{office}/")]
            found.setdefault(issue.file, []).extend(named or owed)
    return {file: tuple(dict.fromkeys(titles)) for file, titles in found.items()}


def unread_lines(files: Mapping[str, Sequence[str]]) -> list[str]:
    """How many were received and not read, what each may be, and the command that says what it is."""
    if not files:
        return []
    lines = [f"收到而没有认出的文件 {len(files)} 个（先用 fazhi accept 加文件名指明，不必催报）："]
    for file, titles in list(files.items())[:MAXIMUM_FILES]:
        may_be = f"：可能是{'、'.join(titles[:3])}{'等' if len(titles) > 3 else ''}" if titles else ""
        lines.append(f'  · {file}{may_be}。fazhi accept "{file}"')
    more = len(files) - MAXIMUM_FILES
    return [*lines, f"  另有 {more} 个没有列在这里，用 fazhi accept 可以全部列出。"] if more > 0 else lines
