"""Titles of columns and ledgers: when two ways of writing one are the same title."""

import hashlib
import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

from rapidfuzz import fuzz

from fazhi.dictionary.aliases import NO_COLUMN
from fazhi.dictionary.form import Form
from fazhi.dictionary.models import Column, Ledger
from fazhi.dictionary.yaml_reading import nearest
from fazhi.values.normalise import bare, normalise

REMARK_TITLES = frozenset({"备注", "备考", "附注", "说明", "备注说明", "备注情况"})
IGNORED_TITLES = frozenset({"序号", "编号", "序", "no", "行号", "项次"})
TITLE_SUFFIXES = re.compile(
    r"(?:登记|统计|汇总|管理|工作|情况|明细)*(?:台账|台帐|清单|名册|花名册|登记表|登记簿|统计表|汇总表|指标表|情况表|一览表|表|册|簿)$"
)
# Words that may stand in a title beside a column's name and change nothing.
_TITLE_NOTE = re.compile(r"[(\[【〔][^()\[\]【】〔〕]*[)\]】〕]")
_NEUTRAL = ("具体", "情况", "信息", "填写", "登记的", "的")
_UNIT_BEHIND = re.compile(
    r"\s*[(（\[【]\s*(?:单位[:：为]?)?(?:[十百千万亿]{0,2}元|人次?|件次?|场次?|[次个家宗起份册条户名期])\s*[)）\]】]\s*$"
)
_UNIT_TAIL = re.compile(r"(?:单位)?(?:人民币)?(?:万元|千元|百元|亿元|元)$")


@lru_cache(maxsize=4096)  # each title is held against every ledger and every form
def title_key(title: str) -> str:
    """A title without notes in brackets, units, numbering and words that change nothing.

    >>> title_key("罚款金额（万元）"), title_key("具体地点")
    ('罚款金额', '地点')
    """
    key = bare(_TITLE_NOTE.sub("", title)) or bare(title)
    key = _UNIT_TAIL.sub("", key) or key
    for word in _NEUTRAL:
        key = key.replace(word, "") or key
    return key


# Words of a title that mean the same where they stand. A date's verb stays as it is: what is only done with it goes.
_SAME_WORDS = (
    (re.compile(r"(?:时间点?|日期|(?<=.{2})日)$"), "日期"),
    (
        re.compile(
            r"(?:实际|实施|开展|组织|举行|举办|作出|现场|开始)(?=.{2,}日期$)|(?<=.{2})(?:实施|开展|作出|开始)(?=日期$)"
        ),
        "",
    ),
    (re.compile(r"(?:类型|类别|种类|分类|大类)$"), "类别"),
    (re.compile(r"(?<=.{2})(?:问题|内容|事项|业务)(?=类别$)"), ""),
    (re.compile(r"(?<=.{2})(?:形式|方式|途径|渠道)$"), "方式"),
    (re.compile(r"(?:科室|部门|单位|股室)$"), "单位"),
    (re.compile(r"(?:人次数?|人员?数量?|总人数|群众数)$"), "人数"),
    (re.compile(r"(?<!人)数量$"), "数"),
    (re.compile(r"(?<=.{3})[条处个项]数$"), "数"),
    (re.compile(r"(?<=.{2})(?:姓名|名称)$"), ""),
    (
        re.compile(r"^(?:参[加与演训会学培]|受众|受教育|受益|到场|到会)(?:人员|群众|活动|演练|学习|培训)?(?=人数$)"),
        "参加",
    ),
    (re.compile(r"^实(?:际?到|际?参[加与会训]|际)(?=人数$)"), "参加"),
    (re.compile(r"^是否(?=.{2})|(?<=.{2})(?:与否|标识|标志)$"), ""),
    (re.compile(r"(?<=参与|论证|评估|审查|讨论|决定)(?:程序|环节)$"), ""),
    (re.compile(r"^(?:联系)?(?:电话|手机)(?:号码?)?$|^联系(?:方式|方法)$"), "电话"),
    (re.compile(r"^(?:公民)?身份证?件?(?:号码?)?$"), "身份证号"),
    (re.compile(r"^(?:统一)?(?:社会)?信用代码号?$"), "信用代码"),
)


@lru_cache(maxsize=4096)
def heading_key(title: str) -> str:
    """A title's key with what means the same in it made one: 评查时间 and 评查日期, 当事人名称 and 当事人, 受众人数 and 参加人次."""
    key = title_key(title)
    for pattern, same in _SAME_WORDS:
        key = pattern.sub(same, key)
    return key


def alike_index(ledger: Ledger) -> dict[str, str]:
    """`heading_key` of every title of the ledger, and of those like them -> column; what two columns share is left out."""
    found: dict[str, set[str]] = {}
    for name, column in ledger.columns.items():
        for title in (*column.titles, *column.alike):
            found.setdefault(heading_key(title), set()).add(name)
    return {key: names.pop() for key, names in found.items() if len(names) == 1}


def title_index(ledger: Ledger, accepted: Mapping[str, str]) -> dict[str, str]:
    """Every way a column's title may be written -> column; titles an analyst accepted come first, full titles before trimmed."""
    index = {bare(title): column for title, column in accepted.items()}
    for key in (bare, title_key):
        for name, column in ledger.columns.items():
            for title in column.titles:
                index.setdefault(key(title), name)
    for written, means in accepted.items():
        index.setdefault(bare(without_unit(written)), means)
    return {title: column for title, column in index.items() if column != NO_COLUMN}


def words_of_forms(ledger: Ledger, forms: Iterable[Form]) -> dict[str, str]:
    """Headings that a town's forms of a ledger agree on -> column, or NO_COLUMN: they say the same on any sheet of the ledger.

    What is a title of the ledger itself keeps its meaning.
    """
    said: dict[str, set[str]] = {}
    for form in forms:
        if form.of_town and form.ledger == ledger.id:
            aside = dict.fromkeys(form.ignore, NO_COLUMN)
            for heading, column in (aside | form.columns).items():
                for key in (bare, title_key):
                    said.setdefault(key(normalise(heading)), set()).add(column)
    known = title_index(ledger, {}) if said else {}
    return {title: columns.pop() for title, columns in said.items() if len(columns) == 1 and title not in known}


def without_unit(title: str) -> str:
    """A title without the unit behind it, where it has one.

    >>> without_unit("合同标的（万元）"), without_unit("时间（培训）")
    ('合同标的', '时间（培训）')
    """
    return _UNIT_BEHIND.sub("", title) or title


def is_known_aside(title: str) -> bool:
    """Whether a title is 备注 or a running number: no column of any ledger, and nothing to ask about."""
    return title_key(title) in REMARK_TITLES | IGNORED_TITLES or bare(title) in IGNORED_TITLES


@lru_cache(maxsize=1024)  # of titles in the dictionary
def title_core(title: str) -> str:
    """What a ledger is about: its title without 台账, 清单 and the like."""
    return TITLE_SUFFIXES.sub("", bare(title)) or bare(title)


def title_match(text: str, ledger: Ledger) -> float:
    """How surely a text names the ledger.

    Parameters
    ----------
    text
        A title line, a sheet's or a file's name.
    ledger
        The ledger, with the other titles it goes by.

    Returns
    -------
    float
        Over 1 where the text holds the title's core (the longer the core, the surer), else a likeness of 0–0.9.
    """
    text = bare(text)
    best = 0.0
    for title in (ledger.title, *ledger.also_titled):
        core = title_core(title)
        if core and core in text:
            best = max(best, 1 + len(core) / 100)
        elif len(core) >= 4:
            best = max(best, fuzz.partial_ratio(core, text) / 100 * 0.9 if len(text) >= len(core) else 0.0)
    return best


def holds_name(text: str, ledger: Ledger, other: Ledger) -> bool:
    """Whether the name by which a text names `ledger` holds in itself the longest one by which it names `other`."""
    name, within = _named_in(text, ledger), _named_in(text, other)
    return len(within) < len(name) and within in name


def _named_in(text: str, ledger: Ledger) -> str:
    """The longest of a ledger's names, without 台账 and the like, that a text holds."""
    cores = (title_core(title) for title in (ledger.title, *ledger.also_titled))
    return max((core for core in cores if core and core in bare(text)), key=len, default="")


def likely_columns(title: str, columns: Mapping[str, Column]) -> list[str]:
    """The columns whose labels are most like a title, to be offered."""
    labels = {column.label: name for name, column in columns.items()}
    return [labels[label] for label in nearest(title, list(labels))]


def headings_print(headings: Iterable[str]) -> str:
    """What headings are known by, in whatever order and width they stand."""
    keys = sorted({bare(heading) for heading in headings})
    return hashlib.sha256("\n".join(keys).encode()).hexdigest()[:16]
