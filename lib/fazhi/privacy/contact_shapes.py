"""What leads to somebody without being a number of a known shape: addresses, plates, e-mail, accounts, documents."""

import re

_PROVINCE = "[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼]"  # GA 36-2018
_N = r"(?:\d{1,4}|[一二三四五六七八九十]{1,3})"
_UNIT = rf"(?:{_N} ?单元 ?)"
_FLOOR = rf"(?:{_N} ?楼 ?)"
_ROOM = r"(?:\d{1,2} ?[-—–] ?\d{1,3}(?:[-—–]\d{1,3})?|\d{3,4}|[一二三四五六七八九零〇]{3,4})(?:室|号房?|房)?|\d{1,3}(?:室|号房?|房)"
_NOT_ROOMS = r"(?![\d.]|[栋幢间层套户人平㎡米处个余多年月日万元块亩株台件次])"  # 3栋120户: so many, not whose
_BUILDING = rf"(?:{_N}|[A-Za-z]) ?(?:[栋幢座]|号楼|#楼?|号院)"
_ADDRESS = "|".join(
    (
        rf"{_N}号院 ?{_BUILDING} ?{_UNIT}?(?:{_ROOM}){_NOT_ROOMS}",
        rf"{_BUILDING} ?{_UNIT}?{_FLOOR}?(?:{_ROOM}){_NOT_ROOMS}",
        rf"{_UNIT}{_FLOOR}?(?:{_ROOM}){_NOT_ROOMS}",
        r"\d{1,2}-\d{1,2}-\d{1,4}(?:室|号|户)",
        rf"(?<=小区|花园|家园|公寓)(?: ?\d{{1,2}}[-—]\d{{1,3}}(?:[-—]\d{{1,4}})?){_NOT_ROOMS}",
        rf"(?<=[路街巷道弄])\d{{1,4}}号 ?(?:附\d{{1,4}}号|\d{{1,2}}[-—]\d{{1,3}}(?:[-—]\d{{1,3}})?){_NOT_ROOMS}",
        rf"{_N}[组社屯]{_N}号(?:附{_N}号)?(?![楼线井塘桥点地台电机田变])",
    )
)
_MAIL = "|".join(
    (
        r"[\w.+-]+ ?@ ?[\w-]+(?:[.。][\w-]+)*",
        r"@ ?[\w-]+(?:[.。][\w-]+)+",
        r"[\w.+-]+[\[(]at[)\]][\w-]+(?:\.[\w-]+)+",
        r"[\w.+-]+ ?# ?[\w-]+(?:\.[\w-]+)*\.(?:com|cn|net|org)",
    )
)
_PATTERNS = (
    ("[@#]|at[)\\]]", re.compile(_MAIL, re.ASCII), "e-mail"),
    (
        _PROVINCE,
        re.compile(
            rf"{_PROVINCE} ?[A-HJ-NP-Z][-·•・.—]? ?(?=[A-Z]*\d)(?:[A-HJ-NP-Z][·•]?[A-HJ-NP-Z\d]{{5}}|[A-HJ-NP-Z\d]{{5,6}}|[A-HJ-NP-Z\d]{{4}}[学警港澳挂])(?![A-Z\d])",
            re.IGNORECASE,
        ),
        "plate",
    ),
    ("[栋幢座元楼室#院号组社屯户园寓-]", re.compile(_ADDRESS), "address"),
    (
        "账|帐|卡|户",
        re.compile(r"(?:[账帐][号户]|卡号|户号)(?:号码?|[:是为 ]){0,3}\d(?:[ -]?\d){8,29}(?![\d.]|[元张人件])"),
        "account",
    ),
    (
        "电话|座机|固话|tel",
        re.compile(r"(?:电话|座机|固话|tel)(?:号码?)?[:是为]? ?[2-8]\d{2,3}[ -]?\d{4}(?![\d.])", re.IGNORECASE),
        "phone",
    ),
    (
        "微信|qq|vx|wx",
        re.compile(r"(?:微信|QQ|wechat|vx|wx)(?:群|账号|号码?)?[:是为]? ?(?=[\w-]*\d|[\w-]*_)[a-z\d][\w-]{4,19}", re.ASCII | re.IGNORECASE),
        "account",
    ),
    (
        "证|护照|社保|医保|驾照",
        re.compile(r"(?:护照|通行证|台胞证|回乡证|军官证|士官证|士兵证|社保卡?|医保卡?|驾驶证|驾照|残疾人?证)(?:号码?)?(?:字第|[:是为])? ?[A-Z]{0,2}\d{6,19}+[A-Z]?+(?![张人件本个])", re.IGNORECASE),
        "identity",
    ),
)  # fmt: skip
_MAYBE = tuple((re.compile(sign, re.IGNORECASE), pattern, kind) for sign, pattern, kind in _PATTERNS)


def contacts_in(text: str) -> list[tuple[int, int, str, str]]:
    """Where they stand in `text`, which is folded (NFKC), and of which kind; their digits are not compared ("")."""
    return [
        (*match.span(), "", kind)
        for maybe, pattern, kind in _MAYBE
        if maybe.search(text)
        for match in pattern.finditer(text)
    ]
