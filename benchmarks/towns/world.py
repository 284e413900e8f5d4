"""A made-up town and the people and firms in it. Nobody here exists: identity numbers carry birth years before 1900."""

import random
from dataclasses import dataclass, field

STEMS = [
    "青木",
    "石坪",
    "云岭",
    "柳溪",
    "望江",
    "丹桥",
    "松坪",
    "白沙",
    "金凤",
    "梨园",
    "鹿坪",
    "竹溪",
    "虎峰",
    "楠坪",
    "磨滩",
    "凉亭",
]
VILLAGES = [
    "龙井",
    "清水",
    "大石",
    "黄桷",
    "双河",
    "石船",
    "新桥",
    "白鹤",
    "红岩",
    "麻柳",
    "太平",
    "高滩",
    "鱼塘",
    "燕窝",
    "大岩口",
    "三棵树",
    "观音桥",
    "土地垭",
    "青冈坪",
    "老鹰",
    "莲花",
    "回龙",
    "天池",
    "油房",
    "梁桥",
    "马鞍",
    "铜鼓",
    "荷塘",
    "桂花",
    "核桃湾",
    "长岭",
    "五通",
    "响水",
    "大坪",
    "月亮田",
    "桃子沟",
    "枫香",
    "石笋",
    "和平",
    "胜利",
]
NEAR = {"井": "泉", "水": "溪", "石": "坪", "河": "合", "桥": "乔", "岩": "崖", "柳": "流", "平": "坪", "塘": "堂"}
DISTRICTS = ["江岭区", "南屏区", "云阳州县", "綦川县", "渝西区"]
ROLES = {  # who keeps a ledger -> what towns call that office
    "党建办": ["党建办", "党建工作办", "党群办"],
    "党政办": ["党政办", "党政办公室", "综合办"],
    "平安法治办": ["平安法治办", "平安建设办", "综治办"],
    "应急管理办": ["应急管理办", "应急办", "应急管理办公室"],
    "综合行政执法大队": ["综合行政执法大队", "综合执法队"],
    "经济发展办": ["经济发展办", "经发办"],
    "民生服务办": ["民生服务办", "社会事务办"],
    "规划建设办": ["规划建设办", "规建办"],
    "司法所": ["司法所"],
}
SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏窦章苏潘葛范彭郎鲁韦昌马苗"
GIVEN = "建国明华伟芳秀英敏静丽强磊军洋勇艳杰娟涛超霞平刚桂兰红玉春梅志远长福安荣德光海世昌"
FIRMS = ["恒达", "永兴", "华腾", "金源", "顺发", "百乐", "福临", "立新", "鑫旺", "佳美", "老街", "合计", "小计"]
TRADES = ["餐饮", "建材", "汽修", "五金", "物流", "食品", "机械", "纸业", "电子商务"]


@dataclass(frozen=True)
class Town:
    """A town; `places` and `either` are spellings of villages with their answer, `strangers` are no village of it."""

    name: str
    stem: str
    district: str
    villages: tuple[str, ...]
    roles: dict[str, str]
    places: dict[str, str] = field(default_factory=dict)
    either: dict[str, str] = field(default_factory=dict)
    strangers: tuple[str, ...] = ()

    @property
    def offices(self) -> list[str]:
        return list(self.roles.values())

    def unit(self) -> dict:
        """What unit.yml says."""
        return {"name": self.name, "villages": list(self.villages), "offices": self.offices}


def invent_town(seed: int, hard: bool) -> Town:
    """The town of a seed; a hard one has two places of one stem and spellings that only its analyst can place."""
    rng = random.Random(f"town {seed}")
    stem = rng.choice(STEMS)
    name = stem + rng.choice(["镇", "镇", "镇", "乡", "街道"] if hard else ["镇"])
    stems = rng.sample([v for v in VILLAGES if v != stem], rng.randint(11, 17))
    villages = [v + ("社区" if i < 3 else "村") for i, v in enumerate(stems)]
    villages.append(stem + rng.choice(["居委会", "社区", "村"]))
    roles = {role: rng.choice(names) if hard else role for role, names in ROLES.items()}
    if not hard:
        return Town(name, stem, rng.choice(DISTRICTS), tuple(villages), roles)
    twin = stems[-1]
    villages += [twin + "社区", stem + "沟村"]
    lost = [s[:-1] + NEAR[s[-1]] + "村" for s in stems if s[-1] in NEAR and s[:-1] + NEAR[s[-1]] not in stems]
    places = {
        twin: twin + "村",
        "老街片区": villages[0],
        "原" + stems[4] + "大队": villages[4],
        "机关家属院": villages[1],
    }
    if lost:
        places["原" + lost[0]] = villages[7]
    either = {stems[8] + "村委": villages[8], villages[5] + "3组": villages[5], villages[6] + "二社": villages[6]}
    elsewhere = next(s for s in STEMS if s != stem) + "镇" + villages[7]  # another town's village of the same name
    return Town(
        name,
        stem,
        rng.choice(DISTRICTS),
        tuple(villages),
        roles,
        places,
        either,
        (*lost[:2], "外省来镇人员", "、".join(villages[2:4]), elsewhere),
    )


def person(rng: random.Random) -> str:
    """A name of two or three characters."""
    return rng.choice(SURNAMES) + "".join(rng.choice(GIVEN) for _ in range(rng.choice([1, 2, 2])))


def phone(rng: random.Random) -> str:
    """Eleven digits that look like a mobile number."""
    return "1" + rng.choice("35789") + "".join(rng.choice("0123456789") for _ in range(9))


def identity(rng: random.Random) -> str:
    """Eighteen characters with a birth date before 1900."""
    born = f"{rng.randint(1860, 1899)}{rng.randint(1, 12):02}{rng.randint(1, 28):02}"
    return f"500{rng.randint(100, 240)}{born}{rng.randint(0, 999):03}{rng.choice('0123456789X')}"


def firm(rng: random.Random) -> str:
    """A firm's name; some carry the words of a total row inside."""
    where = rng.choice(["重庆", "", "渝西", "江岭"])
    kind = rng.choice(["有限公司", "经营部", "加工厂", "店"])
    return where + rng.choice(FIRMS) + rng.choice(TRADES) + kind


def credit_code(rng: random.Random) -> str:
    """A unified social credit code in shape."""
    return "91500107MA" + "".join(rng.choice("0123456789ABCDEFGHJKLMNPQRTUWXY") for _ in range(8))
