"""Numbers in Chinese words, by a writer of the tests' own."""

LOWER, FINANCIAL = "零一二三四五六七八九十百千万亿", "零壹贰叁肆伍陆柒捌玖拾佰仟万亿"


def in_words(number: int, letters: str = LOWER) -> str:
    """The full Chinese form of 0 to 99,999,999,999, one place at a time (an independent writer for the tests)."""
    if number == 0:
        return letters[0]
    text = ""
    for scale, name in ((10**8, letters[14]), (10**4, letters[13]), (1, "")):
        section, number = divmod(number, scale)
        if section:
            text += (letters[0] if text and section < 1000 else "") + section_in_words(section, letters) + name
        elif text and number and not text.endswith(letters[0]):
            text += letters[0]
    return text.replace(letters[0] * 2, letters[0])


def section_in_words(section: int, letters: str) -> str:
    text = ""
    for power in (3, 2, 1, 0):
        digit = section // 10**power % 10
        if digit:
            text += letters[digit] + ("", letters[10], letters[11], letters[12])[power]
        elif text and section % 10**power and not text.endswith(letters[0]):
            text += letters[0]
    return text
