"""Groups by themselves first, 其他 and what is merged last, wherever they are listed."""

import pandas as pd

from fazhi.trend_report import captioned_charts
from fazhi.values.order import rest_last


def test_other_and_rest_stand_last_and_the_others_keep_their_order():
    assert rest_last(["其余", "其他纠纷", "合同纠纷", "其它", "邻里纠纷"]) == [
        "合同纠纷",
        "邻里纠纷",
        "其他纠纷",
        "其它",
        "其余",
    ]
    assert rest_last([]) == []


def test_a_table_with_shades_has_other_last_however_large():
    table = pd.DataFrame({"其他纠纷": [9, 8], "邻里纠纷": [2, 3], "合同纠纷": [4, 0]}, index=["其余", "龙井村"])
    words = captioned_charts.crossing(table, [], "village", "件").picture.words
    assert words.index("龙井村") < words.index("其余")
    heads = "".join(word for word in words if len(word) == 1 and not word.isdigit())
    assert heads.endswith("其他纠纷")
