# --8<-- [start:english]
import random

ONES = "one two three four five six seven eight nine ten eleven twelve"
ONES += " thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
TENS = "twenty thirty forty fifty sixty seventy eighty ninety"


def english(n):
    for size, name in ((1000, "thousand"), (100, "hundred")):
        if n >= size:
            head, rest = f"{english(n // size)} {name}", n % size
            return f"{head} {english(rest)}" if rest else head
    if n < 20:
        return ONES.split()[n - 1]
    head, rest = TENS.split()[n // 10 - 2], n % 10
    return f"{head}-{english(rest)}" if rest else head


# --8<-- [end:english]


# --8<-- [start:chinese]
def chinese(n):
    text = ""
    for digit, unit in zip(f"{n:05}", ("万", "千", "百", "十", "")):
        if digit != "0":
            text += "零一二三四五六七八九"[int(digit)] + unit
        elif text and not text.endswith("零"):
            text += "零"
    text = text.rstrip("零")
    return text[1:] if text.startswith("一十") else text


# --8<-- [end:chinese]


# --8<-- [start:corpus]
def both_ways(n):
    return f"{english(n)}={chinese(n)}\n{chinese(n)}={english(n)}\n"


def corpus(size, seed=0):
    numbers = random.Random(seed).sample(range(1, 100_000), size)
    return "".join(both_ways(n) for n in numbers)


# --8<-- [end:corpus]
