"""What stands beside a word that is also somebody's name (高峰): whether it is meant as the name here."""

import re

CONNECTORS = "与和及诉同跟向由被"
_TITLES = (
    "原告|被告|第三人|上诉人|申请人|执行人|当事人|委托人|代理人|代表人|负责人|联系人|受害人|被害人|投诉人|举报人|反映人|信访人|来访人|债权人"
    "|债务人|借款人|担保人|保证人|出租人|承租人|监护人|证人|户主|房主|房东|车主|业主|老板|司机|工人|伤者|死者|逝者|患者|租客|租户|村民|居民|调解员"
    "|网格员|甲方|乙方"
)
# Sure signs, in our own texts and in what the town's report says too.
_CALLED = re.compile(rf"(?:{_TITLES}|诉)$")
_CALLED_AFTER = re.compile("一案|诉|夫妇|夫妻|先生|女士|同志|律师|家中|家里|一家|本人")
# In what a clerk wrote also whom something is done to or by, and what only people do or have.
_INVOLVED = re.compile(
    "(?:告知|走访|慰问|联系|找到?|通知|送达|约谈|劝说|劝导|询问|帮助?|协助|安置|起诉|状告|殴打|打伤|致|经|请|由|向|与|和|及|同|跟|被|将|对|因|为|给|替"
    "|关于|调解)$"
)
_OF_PEOPLE = re.compile(
    r"(?:等[两几数一二三四五六七八九十\d]+人|之[子女妻夫父母弟妹兄]|的?(?:儿子|女儿|妻子|丈夫|父亲|母亲|儿媳|女婿|哥哥|弟弟|姐姐|妹妹|亲属|家属|住房|承包)"
    r"|的(?:房屋|宅基地)|某|反映|不服|驾驶|受伤|死亡|称|说|认为|表示|拒绝|同意|不同意|要求|被(?![征占])|已领|欠|打伤|家(?![庭园长具电政访禽畜风教])"
    r"|户(?![籍口数外均型])|到(?:村|镇|街道|司法|社区|派出)|因|送医|讨薪|占道|婚姻|邻里|信访)"
)
# What is done to people only, whatever follows; and what only people are, do or meet with.
_DONE_TO_PEOPLE = re.compile(
    "(?:约谈|走访|慰问|告知|劝返|劝导|劝说|帮扶|帮教|训诫|致电|询问|传唤|看望|陪同|接待|救助|替|对象|当事人|家住|名叫|姓名[:为]?)$"
)
_DOING_OF_PEOPLE = re.compile(
    "(?:[老大][人爷娘伯妈汉]|师傅|(?:副?主任|支书|书记|所长|站长|组长|会计|医生|老师|律师|警官|法官)(?![会办负])|母子|父子|兄弟|姐妹)"
    r"|系(?:本|我|该|外|重|刑)|来(?:电|访|信|所|院)|签(?:收|字)|[已未]?履行|拖欠|[已未]?到场|拒不|酒后|自愿|承诺|道歉|名下|当场|当庭|自述|诉求|投诉|举报|求助|离婚|去世"
    r"|[与和](?:其|邻居|他人|妻|丈夫|儿|女|父|母)|等[两几数一二三四五六七八九十\d]+[户名位家]|的(?:房|土地|承包|工资|诉求|丈夫|母亲|孩子|车|摊|店)"
    r"|(?:罚款|赔偿|补偿|支付|借款)\d|申请(?:法律|人民|司法|仲裁|执行|低保|救助)|代(?:写|理)"
)
_DOING = re.compile("依法|的信访|作出|送达|送|办理|提供|出面|调解|主持|握手|领取|讨|借|谈话")
# What is done to a word by a noun behind it: 居民文明公约, 高峰时段.
_COMPOUND = re.compile(
    "公约|城市|行为|单位|家庭|素养|素质|建设|生产|时段|期|环境|社区|小区|广场|大道|路|街|村|镇|乡|县|学校|小学|中学|公园|大厦|工程|项目|意识|知识|宣传|教育|培训"
    "|检查|隐患|责任|服务|平台|中心|法治|稳定|和谐|创建|祭祀|祭扫|过年|出行|执法|监管|实践|风尚|新风|协商|共处"
)
_PLACE = re.compile("[镇乡县](?![上里长])|家园")  # 金山镇: nobody's name, whoever is called 金山
_NEVER_ALONE = re.compile("调解$")  # 调解成功


def is_compound(after: str) -> bool:
    """Whether what follows makes an ordinary term of a word."""
    return bool(_COMPOUND.match(after))


def is_of_a_place(name: str, after: str) -> bool:
    """Whether a name of two characters begins a place's."""
    return len(name) == 2 and bool(_PLACE.match(after))


def is_called(before: str, after: str) -> bool:
    """Whether somebody is called by the name that stands between `before` and `after`."""
    return bool(_CALLED.search(before) or _CALLED_AFTER.match(after))


def is_subject(before: str, after: str) -> bool:
    """Whether a clerk's text tells of somebody by that name: 走访高峰家 does, 早高峰交通 does not."""
    done_to = _INVOLVED.search(before)
    if done_to and (_DOING.match(after) or not (after or _NEVER_ALONE.search(before))):
        return True
    if _DONE_TO_PEOPLE.search(before):
        return True
    return bool(_OF_PEOPLE.match(after) or _DOING_OF_PEOPLE.match(after))
