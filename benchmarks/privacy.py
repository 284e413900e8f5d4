"""How many private values pass that are planted into texts not written for it, and how many of their own words are taken for one.

`python -m benchmarks.privacy [FOLDER …]` reads the .txt and .md files of the folders; without any, the project's Chinese pages.
"""

import random
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from benchmarks.measuring import ROOT
from fazhi.privacy.folded_text import fold
from fazhi.privacy.number_shapes import numbers_in
from fazhi.privacy.private_index import PrivateIndex

KEY = b"k" * 32
SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白"
GIVEN = "伟芳娜秀英敏静丽强磊军洋勇艳杰娟涛明超霞平刚桂兰玉梅建国华文红志春海燕云飞凤萍亮辉鹏波斌宇浩健俊帆雪林子涵博天思雨欣怡佳琪诚永福贵"
WORDS = ("高峰", "文明", "黄山", "高山", "江山", "黎明", "安康", "白雪", "金山", "向阳")
NAMED = (
    "由{}调解", "走访{}家", "{}反映", "原告{}", "{}一案", "{}诉邻居", "告知{}依法维权", "村民{}的房屋漏水", "对{}作出行政处罚", "{}等5人", "联系{}，",
    "与{}因宅基地发生纠纷", "经{}同意", "{}不服", "{}的儿子",
    "约谈{}后", "{}系本村村民", "{}签收", "{}主任接待", "致电{}", "社区矫正对象{}", "帮扶{}", "{}老人", "{}等三户", "{}拖欠工资", "{}与其妻",
)  # fmt: skip


def texts(folders: Iterable[Path]) -> list[str]:
    """Their sentences."""
    files = [path for folder in folders for path in sorted(folder.rglob("*")) if path.suffix in (".txt", ".md")]
    found = (re.split("[。\n]", path.read_text(encoding="utf-8")) for path in files)
    return [sentence for sentences in found for sentence in sentences if len(sentence) > 8]


def own_texts() -> list[str]:
    """The sentences of the project's pages for analysts."""
    pages = [ROOT / "README.zh-CN.md", *sorted((ROOT / "docs").rglob("*.md"))]
    return [line for page in pages for line in re.split("[。\n]", page.read_text(encoding="utf-8")) if len(line) > 8]


def planted(draw: random.Random) -> Iterator[tuple[str, str, str]]:
    """Kind, name that the ledgers know or "", what is written: without end."""
    while True:
        phone = draw.choice(("13", "15", "17", "18", "19")) + "".join(draw.choices("0123456789", k=9))
        mark = draw.choice(" -—–·./_")
        yield "phone", "", draw.choice(("", "+86", "+86-", "0086 ")) + phone
        yield "phone in groups", "", mark.join((phone[:3], phone[3:7], phone[7:]))
        yield "phone in full width", "", "".join(chr(ord(digit) + 0xFEE0) for digit in phone)
        line = draw.choice("345678") + "".join(draw.choices("0123456789", k=7))
        yield (
            "landline",
            "",
            draw.choice(("023-{}", "(023){}", "（023）{}", "023{}", "+86-23-{}", "023-{}转801")).format(line),
        )
        born = f"{draw.randint(1940, 2010)}{draw.randint(1, 12):02}{draw.randint(1, 28):02}"
        mark, tail = (
            draw.choice(("", " ", "-", "—", "·", ".")),
            "".join(draw.choices("0123456789", k=3)) + draw.choice("0123456789X"),
        )
        yield "identity", "", mark.join(("500107", born, tail))
        card = [
            "62" + "".join(draw.choices("0123456789", k=2)),
            *("".join(draw.choices("0123456789", k=4)) for _ in range(3)),
        ]
        yield "card", "", draw.choice(("", " ", "-")).join(card)
        yield (
            "e-mail",
            "",
            f"{''.join(draw.choices('abcxyz_.', k=5))}a{draw.choice('@@#')}{draw.choice(('qq.com', '163.com', 'mail.gov.cn'))}",
        )
        yield "plate", "", f"渝{draw.choice('ABCDFGH')}{draw.choice(('', '·', ' ', '-'))}{draw.randint(10000, 99999)}"
        yield (
            "address",
            "",
            draw.choice(("{0}栋{1}单元{2}01", "{0}幢{1}-{2}", "{0}号楼{1}单元{2}02室", "{0}组{1}号附{2}号")).format(
                draw.randint(1, 30), draw.randint(1, 4), draw.randint(1, 9)
            ),
        )
        name = draw.choice(SURNAMES) + "".join(draw.choices(GIVEN, k=draw.choice((1, 2, 2, 2))))
        yield "name", name, draw.choice(NAMED).format(name)
        word = draw.choice(WORDS)
        yield "name that is a word", word, draw.choice(NAMED).format(word)
        left, right = "".join(draw.choices("买提艾力古丽努尔", k=3)), "".join(draw.choices("买提艾力古丽努尔江", k=4))
        yield "name with a dot", f"{left}·{right}", f"{left}{draw.choice('·•‧・.．●▪丶')}{right}一案"


def passed(sentences: list[str], rounds: int, seed: int = 1) -> tuple[Counter[str], Counter[str], list[str]]:
    """How many of each kind were planted and how many passed, with the texts in which they did."""
    draw = random.Random(seed)
    tried, missed, shown = Counter[str](), Counter[str](), []
    for (kind, name, written), _ in zip(planted(draw), range(rounds), strict=False):
        before, after = draw.choice(sentences), draw.choice(sentences)
        known = {name: "person", name.replace("·", ""): "person"} if name else {}
        told = PrivateIndex.of(known, KEY).redact(f"{before}；{written}；{after}")
        tried[kind] += 1
        if written in told:
            missed[kind] += 1
            shown.append(f"{kind}: {written}")
    return tried, missed, shown


def false_alarms(sentences: list[str], names: int = 2000, seed: int = 2) -> list[str]:
    """Stretches of the texts that are taken for a number, or for one of so many made-up names and names that are words."""
    draw = random.Random(seed)
    made = {draw.choice(SURNAMES) + "".join(draw.choices(GIVEN, k=2)) for _ in range(names)}
    index = PrivateIndex.of(dict.fromkeys((*sorted(made), *WORDS), "person"), KEY)
    found = [fold(one)[start:end] for one in sentences for start, end, _, _ in numbers_in(fold(one))]
    return found + [sentence for sentence in sentences if index.standing_in([sentence], clerks=True) - {("", "masked")}]


def main(folders: list[str]) -> None:
    """Print both measures."""
    sentences = texts(map(Path, folders)) if folders else own_texts()
    tried, missed, shown = passed(sentences, 6000)
    for kind, count in tried.items():
        print(f"{kind:22s} planted {count:5d}  passed {missed[kind]}")
    print("\n".join(shown[:20]))
    alarms = false_alarms(sentences)
    print(f"{len(sentences)} sentences, {len(alarms)} false alarms", *alarms[:20], sep="\n")


if __name__ == "__main__":
    main(sys.argv[1:])
