"""Which elements `sorted` compares, and in which order: programs print and count the comparisons."""
import functools


class Card:
    log = []

    def __init__(self, value, place):
        self.value = value
        self.place = place

    def __lt__(self, other):
        Card.log.append((self.place, other.place))
        return self.value < other.value


def shuffled(n, seed):
    values = list(range(n))
    for i in range(n - 1, 0, -1):
        seed = (seed * 1103515245 + 12345) % 2**31
        j = seed % (i + 1)
        values[i], values[j] = values[j], values[i]
    return values


def shapes(n):
    yield "random", shuffled(n, 7)
    yield "few values", [v % 5 for v in shuffled(n, 11)]
    yield "sorted", list(range(n))
    yield "falling", list(range(n, 0, -1))
    yield "two runs", list(range(0, n, 2)) + list(range(1, n, 2))
    yield "saw", [i % 37 for i in range(n)]
    yield "nearly", [n if i == n // 3 else i for i in range(n)]


print([c.value for c in sorted([Card(v, i) for i, v in enumerate([3, 1, 2, 5, 4])])], Card.log)
for n in (2, 3, 10, 63, 64, 65, 200, 1000):
    for name, values in shapes(n):
        for reverse in (False, True):
            Card.log.clear()
            cards = [Card(v, i) for i, v in enumerate(values)]
            result = [c.place for c in sorted(cards, reverse=reverse)]
            check = 0
            for a, b in Card.log:
                check = (check * 31 + a * 1009 + b) % 1_000_003
            places = functools.reduce(lambda a, b: (a * 31 + b) % 1_000_003, result)
            print(n, name, reverse, len(Card.log), check, places)
print(sorted([3.0, float("nan"), 1.0, 2.0, float("nan"), 0.5]))
print([sorted(s) for s in sorted([{1}, {1, 2}, {3}, {2}, set(), {2, 3}])])
words = ["pear", "fig", "apple", "kiwi"]
words.sort(key=lambda w: (print("key of", w), len(w))[1], reverse=True)
print(words)
