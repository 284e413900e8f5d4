"""Whether a quantity, as it is written, is true of a value."""

from decimal import Decimal

from fazhi.quantities import Quantity


def fits(quantity: Quantity, value: Decimal) -> bool:
    """Whether a quantity as written is true of a value: rounded by its last digit, 余 and 超 a floor, 近 a ceiling."""
    if quantity.high is not None:
        return quantity.value <= value <= quantity.high
    doubt, low = quantity.approx.replace("上下", "左右"), quantity.value
    unit = last_place(quantity)
    if doubt.startswith(("数", "几")) and quantity.text.startswith(doubt[0]):  # 数十次
        return low < value < low * 10
    if "不超过" in doubt:
        return value <= low
    if any(word in doubt for word in ("余", "多", "几", "+", "来", "超", "逾", "突破", "上", "高达")):
        return low <= value < low + unit
    if any(word in doubt for word in ("近", "不足", "不到", "以下", "以内")):
        return low - unit < value <= low
    if any(word in doubt for word in ("约", "左右", "上下")):
        return abs(value - low) <= max(unit / 2, abs(low) / 20)
    if low == 100 and quantity.measure == "%":
        return value == 100 or (quantity.step < 1 and abs(value - 100) < quantity.step / 2)
    return abs(value - low) <= quantity.step / 2


def last_place(quantity: Quantity) -> Decimal:
    """What one of the last place that is not nought is worth: 100 of 1300, 10 of 60, at least the step written."""
    digits = quantity.value.normalize()
    exponent = digits.as_tuple().exponent
    return max(quantity.step, Decimal(1).scaleb(exponent if isinstance(exponent, int) else 0))
