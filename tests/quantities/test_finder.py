"""The quantities of a text: all ways to write one, and what is written with digits and is none."""

from decimal import Decimal

import pytest

from fazhi.quantities import doubled_hedge, find_quantities


def found(text):
    return [(one.text, one.value, one.measure) for one in find_quantities(text)]


@pytest.mark.parametrize(
    ("text", "value", "measure"),
    [
        ("调解纠纷125件", 125, "件"), ("参加１２００余人次", 1200, "人次"), ("金额1,234.5万元", 12_345_000, "元"),
        ("罚款2.95万元", 29_500, "元"), ("化解率93.6％", Decimal("93.6"), "%"), ("完成了百分之三十", 30, "%"),
        ("解决了八成，", 80, "%"), ("召开会议三次，", 3, "次"), ("发放二千三百份", 2300, "份"), ("提高1.2个百分点", Decimal("1.2"), "百分点"),
        ("是上年的1.5倍", Decimal("1.5"), "倍"), ("下降-3%", -3, "%"), ("投入3亿元", 300_000_000, "元"), ("约10万余场次", 100_000, "场次"),
        ("满意度达九成八", 98, "%"), ("九成以上当场化解", 90, "%"), ("近四成是邻里纠纷", 40, "%"), ("完成率百分之百", 100, "%"), ("较上年翻一番", 1, "倍"),
        ("实现翻两番", 3, "倍"), ("近百余场", 100, "场"), ("数十次", 10, "次"), ("参加1 300人次", 1300, "人次"), ("净增+12件", 12, "件"), ("公布8大类", 8, "类"),
        ("举办两期培训班", 2, "期"), ("压缩至7个工作日", 7, "个工作日"), ("宣传3场（次）", 3, "场次"), ("观众约 2000 人次", 2000, "人次"),
        ("罚没2万9千5百元", 29_500, "元"), ("投入1亿2千万元", 120_000_000, "元"), ("覆盖1.2w人次", 12_000, "人次"), ("接听4.87万通", 48_700, "通"),
        ("打印1.26万页", 12_600, "页"), ("面积260㎡", 260, "平方米"), ("结算3.6亿人民币", 360_000_000, "元"), ("引资120万美元", 1_200_000, "美元"),
        ("两名干部补考", 2, "名"), ("突破百万人次", 1_000_000, "人次"), ("走访321家/次", 321, "家次"), ("巡查126架次", 126, "架次"), ("达到三个100%", 100, "%"), ("占一半以上", 50, "%"), ("其余四成分流至法庭", 40, "%"),
        ("拆除防盗网900余扇", 900, "扇"), ("巡航62航次", 62, "航次"), ("下载APP1.7万人", 17_000, "人"), ("投诉减了一半", 50, "%"),
        ("清理河道17.8千米", Decimal("17.8"), "千米"), ("销毁3千克", 3, "千克"), ("连续3周", 3, "周"), ("罚款3.2万块", 32_000, "元"), ("罚了500块钱", 500, "元"), ("展板30块", 30, "块"), ("夜巡290晚", 290, "晚"), ("收缴刀具7把。", 7, "把"), ("讲法治课12讲，", 12, "讲"), ("履行5道程序", 5, "道"),
    ],
)  # fmt: skip
def test_every_way_to_write_one(text, value, measure):
    ((_, number, word),) = found(text)
    assert (number, word) == (Decimal(value), measure)


@pytest.mark.parametrize(
    "text",
    [
        "2025年3月5日", "第3次会议", "国发〔2025〕12号", "《民法典》第1020条", "“八五”普法", "党的二十大", "十四届全国人大三次会议",
        "联系电话13800001234", "幸福路12号楼3单元", "执法“三项制度”", "一体化推进", "排名第5", "筑牢第二道防线", "12345热线", "上午9:30", "（一）总体情况", "1. 组织",
        "打造15分钟公共法律服务圈", "实行“1+2”模式", "24小时值班", "“1名村干部+1名网格员+1名法律顾问”机制", "两三次", "三成立", "一体两翼",
        "上午8点", "8点30分", "8小时之外", "位列全市前10名", "五个一批", "解决难题一批，", "A4纸", "V2版", "抓两头，", "70周岁以上", "1周年", "一半时间", "3把关", "12晚上", "十件里头说成的居多", "每百户人家当中",
    ],
)  # fmt: skip
def test_what_is_no_figure_stays_out(text):
    assert found(text) == []


def test_ranges_doubts_and_steps():
    assert [(one.value, one.high) for one in find_quantities("占5%-10%")] == [(5, 10)]
    (one,) = find_quantities("每年召开3至5次")
    assert (one.value, one.high) == (3, 5)
    assert [(one.value, one.high) for one in find_quantities("占50%至60%，由61%到98%")] == [
        (50, 60),
        (61, None),
        (98, None),
    ]
    (one,) = find_quantities("覆盖超3000余人次")
    assert (one.approx, one.text) == ("超余", "超3000余人次")
    assert find_quantities("罚款2.95万元")[0].step == Decimal(100)


@pytest.mark.parametrize(
    ("text", "written", "approx"),
    [
        ("较上年下降三成多。", "三成多", "多"), ("是上年的3倍多；", "3倍多", "多"), ("走访十几家。", "十几家", "几"), ("宣讲100+场次", "100+场次", "+"),
        ("用时不超过3个工作日", "不超过3个工作日", "不超过"), ("整改3次多部门会商问题", "3次", ""),
    ],
)  # fmt: skip
def test_doubts_wherever_they_stand(text, written, approx):
    assert [(one.text, one.approx) for one in find_quantities(text)] == [(written, approx)]


@pytest.mark.parametrize(
    "text",
    [
        "每季度不少于1次", "计划开展演练12场", "力争化解率达到95%", "按人均2元标准列支", "下一步将狠抓工作落实，把重复信访再降10%", f"力争{'再上台阶，' * 12}调解300件",
        "到2027年底，入库率要达到98%", "预计到2026年底，各镇建成阵地12个", "均在20个工作日法定期限内答复", "下步打算：再培养明白人30名",
    ],
)  # fmt: skip
def test_a_norm_or_a_plan_is_no_result(text):
    assert [one.kind for one in find_quantities(text)] == ["norm_or_plan"]


@pytest.mark.parametrize(
    "text",
    [
        "草拟合同12份", "模拟法庭18场", "发放须知3000份", "争取项目资金50万元", "确保了12场活动安全", "建成3个标准化调解室", "截至2025年底，建成重要点位12个",
        "结合实际情况调解12件",
    ],
)  # fmt: skip
def test_words_of_a_plan_in_other_words_make_none(text):
    assert [one.kind for one in find_quantities(text)] == ["actual"]


def test_a_norm_ends_with_its_clause():
    kinds = [one.kind for one in find_quantities("计划2026年组织培训4期，新聘调解员3名。全年培训2期。")]
    assert kinds == ["norm_or_plan", "norm_or_plan", "actual"]
    assert [one.kind for one in find_quantities("每村每月至少开展1次，全年共开展108次")] == ["norm_or_plan", "actual"]


def test_places_are_those_of_the_text_as_it_stands():
    text = "调解　１２５件，化解率９０％"
    assert [text[one.start : one.end] for one in find_quantities(text)] == ["１２５件", "９０％"]


@pytest.mark.parametrize(
    "text", ["", "。" * 5000, "1" * 5000, "第" * 3000, "“" * 3000 + "1件", "1-2-3-4件" * 500, "." * 20_000]
)
def test_hostile_texts_end(text):
    find_quantities(text)


@pytest.mark.parametrize(
    ("text", "twice"),
    [
        ("服务超3000余人次", "超3000余"),
        ("近1.3万余人次", "近1.3万余"),
        ("超过200多件", "超过200多"),
        ("逾300余户", "逾300余"),
    ],
)
def test_a_hedge_written_twice_is_found(text, twice):
    assert [doubled_hedge(one) for one in find_quantities(text)] == [twice]


@pytest.mark.parametrize("text", ["3000余人次", "超3000人次", "最近100余天", "节约20余万元", "合约30余份", "附近3家"])
def test_a_single_hedge_is_none(text):
    assert [doubled_hedge(one) for one in find_quantities(text)] == [""]
