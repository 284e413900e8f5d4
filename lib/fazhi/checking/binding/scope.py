"""Whose figures a sentence tells, and of how many years: another town's, the district's, the police's, those of 2022—2025."""

import re

_BEGIN = r"(?:^|(?<=[，：；、。（）\s◆●•·■▲★|]))(?:其中|而|但|由|据|经|当中|其余)?(?:20\d\d年|今年)?"
_OTHER = re.compile(
    _BEGIN
    + r"(?P<whose>[\u4e00-\u9fff]{1,3}(?<![我全本该各乡村城集场小某们加与到往入进于在对向为是下送回返离出由据经让请])(?:镇|乡|街道)(?![村级域区内上里党政干机人大街财年风])"
    r"|全[区县市省国](?=共|累计|合计|总计|平均|各|\d|审|调|办|开|组|上下|[去今全]年|的|行政(?:机关|复议|诉讼|应诉)|[乡各]镇|司法|法院)|(?:省|市|区|县)(?:里|级(?:部门|单位)|[\u4e00-\u9fff]{1,8}?[局委院队])"
    r"|(?:[镇乡]|街道|辖区|(?![与同和跟]|联合|会同|配合|依托|协同|邀请|协调|联动|移交|委托|组织|通过)[\u4e00-\u9fff]{2})?(?:派出所|(?:人民)?法[院庭]|检察[院室]|交巡?警|市场监管所|税务所|供电所|卫生院|中心校|中学|小学|妇联|工会|团委|残联|纪委|退役军人服务站|养老(?:机构|院)|敬老院|幼儿园|消防救援站"
    r"|律师事务所|审计[组局]?(?=[\u4e00-\u9fff])|(?:督[察导查]|巡[察视]|评估|考[核评]|调研|暗访)组(?=随机|抽|发现|查[出处]|走访|访谈))"
    r"|(?:镇里|村里|社区)?的?(?:[\u4e00-\u9fff]{0,4}(?:调解员|网格员|队员|律师|书记员|支书|村主任|志愿者|法律明白人|人大代表))(?:[老小][\u4e00-\u9fff](?:一人)?|[\u4e00-\u9fff]{1,3}(?=一人|个人|一个人|独自))"
    r"|(?:社区|驻村)?民警|各?(?:驻村|村居|村（社区）|村|社区)(?:法律顾问|律师))"
)
_ROOM = re.compile(  # a named room or team: its figures are a part of the town's
    _BEGIN
    + r"(?:在|走进)?(?P<whose>(?:[\u4e00-\u9fff]{0,4}(?<!依托|通过|打造|建成|建立|设立|发挥|培育|擦亮|成立|用好|推广)(?<![镇乡道]))?"
    r"(?:“[^“”]{2,12}(?<=[室堂铺厅亭坊屋队团])”|“[^“”]{2,12}”[\u4e00-\u9fff]{0,5}[室队团]"
    r"|(?:品牌|个人|特色|金牌)?调解(?:工作)?室))"
)
_YEARS = re.compile(
    _BEGIN + r"(?P<whose>任期内?|历年|近?[两三四五六七八九十]+年(?:来|间|以来|累计|共)|20\d\d年?[-—–~～至到]+20\d\d年"
    r"|(?:“?十[二三四五]五”?|“?[五六七八]五”?普法)(?:期间|以来))"
)
_OWN = "全[镇乡]|(?<!在)[我本该][镇乡街所办队]|镇[里上]|我们|咱们?|全街道"
_MINE = re.compile("[我本](?:办|所|站|大?队|中心|科室?)(?![^，。；：]{0,8}(?:联合|会同))")  # the writer's office
_HEAD = 60  # characters in which a paper names the office that wrote it
_THIS = re.compile("今年|本年|20[0-9]{2}年(?![-—–~～至到])|去年|上年|全年")
_TOPIC = 16  # characters of a sentence that says whose figures follow


class Scope:
    """The town's own name and offices tell its figures from others'."""

    def __init__(self, town: str, offices: tuple[str, ...]) -> None:
        self.own = re.compile("|".join([_OWN, *map(re.escape, filter(None, (town, town[-3:], *offices)))]))
        self.carried = ""  # up to the end of the paragraph
        self.offices, self.writer = offices, ""

    def begins(self, text: str) -> None:
        """The head of a paper may name the one office that wrote it."""
        named = [office for office in self.offices if office in text[:_HEAD]]
        self.writer = named[0] if len(named) == 1 else ""

    def whose(self, since: str) -> str:
        """The office that wrote the paper, where the words before a number say 我办."""
        return self.writer if _MINE.search(since) else ""

    def topic(self, sentence: str) -> None:
        """A short sentence without a figure may say whose those after it are: 派出所口径。"""
        if len(sentence) <= _TOPIC or sentence.endswith("\n"):
            self.carried = "" if sentence.endswith("\n") else self._other(sentence)

    def label(self, label: str) -> None:
        """What stands before a colon may say it too: 派出所汇报：…"""
        self.carried = self._other(label)

    def of(self, before: str) -> str:
        """The words that make the figures after `before` another's or several years'; empty where they are the town's."""
        years = [*_YEARS.finditer(before)]
        if years and not _THIS.search(before, years[-1].end()):
            return years[-1]["whose"]
        return self._other(before) or ("" if self.own.search(before) else self.carried)

    def _other(self, text: str) -> str:
        others = [one for one in _OTHER.finditer(text) if not self.own.match(text, one.start("whose"))]
        others = others or [*_ROOM.finditer(text)]
        return others[-1]["whose"] if others and not self.own.search(text, others[-1].end()) else ""
