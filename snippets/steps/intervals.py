# --8<-- [start:wilson]
def wilson(wrong, n):
    c, s = 1.96, wrong / n
    middle = s + c**2 / (2 * n)
    half = c * (s * (1 - s) / n + c**2 / (4 * n**2)) ** 0.5
    below = 1 + c**2 / n
    return (middle - half) / below, (middle + half) / below


# --8<-- [end:wilson]
