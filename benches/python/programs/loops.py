"""Loops, branches and integers."""


def counting(n=1_000_000):
    x = 0
    for i in range(n):
        x += i & 7
    return x


def while_with_branches(n=400_000):
    evens = threes = rest = 0
    i = 0
    while i < n:
        if i % 2 == 0:
            evens += 1
        elif i % 3 == 0:
            threes += 1
        else:
            rest += i
        i += 1
    return evens, threes, rest


def collatz(n=4_000):
    longest = 0
    for start in range(1, n + 1):
        x, steps = start, 0
        while x != 1:
            x = x // 2 if x % 2 == 0 else 3 * x + 1
            steps += 1
        if steps > longest:
            longest = steps
    return longest


def sieve(n=300_000):
    is_prime = [True] * (n + 2)
    for p in range(2, n + 1):
        if p * p > n:
            break
        if is_prime[p]:
            for multiple in range(p * p, n + 1, p):
                is_prime[multiple] = False
    return sum(is_prime) - 2


def big_integers(n=10_000):
    a, b = 0, 1
    for _ in range(n):
        a, b = b, a + b
    x = 3**200
    for i in range(n * 10):
        x * i % 1_000_007
    return a % 1_000_007
