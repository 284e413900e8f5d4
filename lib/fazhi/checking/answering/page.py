"""The answer to a draft as a page, and written beside it: what is to be mended first, then the draft in colours."""

from collections.abc import Iterator
from html import escape
from pathlib import Path

from fazhi.checking.answering.answer import SHOWN, Answer, as_json, excerpt, place, with_comments
from fazhi.checking.judging.judgement import VERDICTS, Judgement
from fazhi.checking.reading.tables import Table
from fazhi.workspace.files import write_bytes, write_text

_COLOURS = {"right": "#d7f0dd", "derived": "#d7f0dd", "wrong": "#ffd0d0", "doubtful": "#fff0c2", "unknown": "#eeeeee"}
_SEPARATORS = " \t\n|｜│┃\u3000"


def as_page(answer: Answer) -> str:
    """A page of its own: what is to be mended, the draft with its figures coloured, and what people changed."""
    legend = "　".join(
        f'<mark class="{verdict}">{label} {answer.counts[verdict]}</mark>' for verdict, label in VERDICTS.items()
    )
    shown = [one for one in answer.judgements if one.verdict in SHOWN]
    items = [
        f'<li><a href="#n{_start(one)}">{place(answer.draft, one)}</a>“{escape(excerpt(one))}”：{escape(one.why)}</li>'
        for one in shown
    ]
    items += [f"<li>{escape(remark)}</li>" for remark in answer.remark_lines]
    tracked = "".join(f"<li>{escape(one)}</li>" for one in answer.draft.tracked)
    return (
        f'<!doctype html>\n<html lang="zh-CN"><head><meta charset="utf-8"><title>核对：{escape(answer.name)}</title>\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        "<style>body{max-width:44em;margin:2em auto;padding:0 1em;font-family:serif;line-height:1.8}"
        f"table{{border-collapse:collapse}}td,th{{border:1px solid #bbb;padding:.3em;vertical-align:top}}</style></head>\n"
        f"<body><h1>{escape(answer.name)}</h1><p>{legend}</p>\n"
        f"{_list('需要改或者核对的', items)}{_list('修订涉及的数字（已按接受计）', [tracked] if tracked else [])}"
        f"<h2>稿件</h2>\n{as_marked(answer)}{_changes(answer)}</body></html>\n"
    )


def _list(title: str, items: list[str]) -> str:
    return f"<h2>{title}</h2>\n<ul>{''.join(items)}</ul>\n" if items else ""


def as_marked(answer: Answer) -> str:
    """The draft as HTML, each figure in the colour of its verdict, its reason where one points at it; tables as tables."""
    colours = "".join(f"mark.{verdict}{{background:{colour}}}" for verdict, colour in _COLOURS.items())
    style = f"<style>mark{{color:#111;padding:0 .15em}}small{{color:#a00}}{colours}</style>"
    text, at, pieces = answer.draft.text, 0, [style]
    marks = _Marks(answer)
    tables = sorted(answer.draft.tables, key=lambda one: one[0][0].start)
    for table, following in zip(tables, [*tables[1:], None], strict=False):
        if following is not None and following[0][0].start < table[-1][-1].end:
            continue  # it lies in this one, which is told as paragraphs
        begin = text.rfind("\n", 0, table[0][0].start) + 1
        end = text.find("\n", table[-1][-1].end)
        if begin >= at:
            pieces += [marks.paragraphs(at, begin), marks.table(table, begin)]
            at = len(text) if end < 0 else end + 1
    return "".join([*pieces, marks.paragraphs(at, len(text))]) + "\n"


class _Marks:
    """Stretches of a draft as HTML; each is asked for once, in order."""

    def __init__(self, answer: Answer) -> None:
        self.text, self.judgements, self.next = answer.draft.text, answer.judgements, 0

    def paragraphs(self, start: int, end: int) -> str:
        """A stretch outside the tables."""
        body = self._stretch(start, end).strip("\n").replace("\n", "</p>\n<p>")
        return f"<p>{body}</p>\n" if body else ""

    def table(self, table: Table, begin: int) -> str:
        """A table; what stands between its cells besides strokes (a row's number, a colon) stays with the next or the last."""
        rows = []
        for row in table:
            cells: list[str] = []
            at = max(begin, self.text.rfind("\n", 0, row[0].start) + 1)
            for cell in row:
                head = escape(self.text[at : cell.start].strip(_SEPARATORS))
                cells.append(f"{head}{self._stretch(cell.start, cell.end).strip()}")
                at = cell.end
            end = self.text.find("\n", at)
            cells[-1] += escape(self.text[at : end if end >= 0 else len(self.text)].strip(_SEPARATORS))
            rows.append(f"<tr>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>")
        return f"<table>{''.join(rows)}</table>\n"

    def _stretch(self, start: int, end: int) -> str:
        return "".join(self._pieces(start, end))

    def _pieces(self, at: int, end: int) -> Iterator[str]:
        while self.next < len(self.judgements) and _start(self.judgements[self.next]) < end:
            one = self.judgements[self.next]
            self.next += 1
            if _start(one) < at:
                continue
            stop = one.claim.quantity.end
            why = escape(f"{VERDICTS[one.verdict]}：{one.why}", quote=True)
            note = f"<small>（{escape(one.why)}）</small>" if one.verdict in SHOWN else ""
            mark = f'<mark class="{one.verdict}" id="n{_start(one)}" title="{why}">'
            yield f"{escape(self.text[at : _start(one)])}{mark}{escape(self.text[_start(one) : stop])}</mark>{note}"
            at = stop
        yield escape(self.text[at:end])


def _start(one: Judgement) -> int:
    return one.claim.quantity.start


def _changes(answer: Answer) -> str:
    """The table of what people changed, empty where nothing was."""
    rows = "".join(
        f"<tr><td>{one.kind}</td><td>{escape(one.ours)}</td><td>{escape(one.theirs)}</td><td>{escape('；'.join(one.figures))}</td></tr>"
        for one in answer.changes
    )
    head = "<tr><th>改动</th><th>初稿</th><th>修改稿</th><th>数字</th></tr>"
    return f"<h2>与初稿相比的改动</h2>\n<table>{head}{rows}</table>\n" if rows else ""


def write_answer(answer: Answer, draft: Path, folder: Path) -> list[Path]:
    """The page, the data and, for a Word draft, the draft with comments."""
    written = [
        write_text(folder / f"{draft.stem}.核对.html", as_page(answer)),
        write_text(folder / f"{draft.stem}.核对.json", as_json(answer)),
    ]
    data = draft.read_bytes()
    if data.startswith(b"PK") and (made := with_comments(data, answer)) is not None:
        written.insert(0, write_bytes(folder / f"{draft.stem}.核对.docx", made))
    return written
