# What frames of the VM's own run: where a native would have to run again for every element, and where no operation
# can run again at all. The interpreter takes the functions in this order.


def call(f, args, kwargs):
    return f(*args, **kwargs)


def gather(iterator):
    items = []
    for item in iterator:
        items.append(item)
    return items


def any_of(iterator):
    for item in iterator:
        if item:
            return True
    return False


def all_of(iterator):
    for item in iterator:
        if not item:
            return False
    return True


def order_of(keys):
    # The places of the keys in their order, stably, by `<` alone: the comparisons are those of CPython's `list.sort`
    # (Objects/listobject.c and listsort.txt), in their order. Runs that are sorted already are found, short ones
    # filled by binary insertion, and merged as the powers of their borders say.
    n = len(keys)
    order = list(range(n))
    if n < 2:
        return order
    min_gallop = 7

    def first_run(low):
        end = low + 1
        if end == n:
            return end
        if keys[order[end]] < keys[order[low]]:
            end += 1
            while end < n and keys[order[end]] < keys[order[end - 1]]:
                end += 1
            order[low:end] = order[low:end][::-1]
        else:
            end += 1
            while end < n and not keys[order[end]] < keys[order[end - 1]]:
                end += 1
        return end

    def insert(low, end, start):
        while start < end:
            place = order[start]
            pivot = keys[place]
            left, right = low, start
            while left < right:
                middle = (left + right) >> 1
                if pivot < keys[order[middle]]:
                    right = middle
                else:
                    left = middle + 1
            order[left + 1 : start + 1] = order[left:start]
            order[left] = place
            start += 1

    def narrow(key, run, low, high, after_equal):
        while low < high:
            middle = low + ((high - low) >> 1)
            if (not key < keys[run[middle]]) if after_equal else keys[run[middle]] < key:
                low = middle + 1
            else:
                high = middle
        return high

    def gallop(key, run, start, end, hint, after_equal):
        # Where the key belongs in run[start:end], before or after its equals, looking first around `hint`.
        last, offset = 0, 1
        if (not key < keys[run[hint]]) if after_equal else keys[run[hint]] < key:
            most = end - hint
            while offset < most:
                other = run[hint + offset]
                if (key < keys[other]) if after_equal else not keys[other] < key:
                    break
                last, offset = offset, 2 * offset + 1
            low, high = hint + last, hint + min(offset, most)
        else:
            most = hint - start + 1
            while offset < most:
                other = run[hint - offset]
                if (not key < keys[other]) if after_equal else keys[other] < key:
                    break
                last, offset = offset, 2 * offset + 1
            low, high = hint - min(offset, most), hint - last
        return narrow(key, run, low + 1, high, after_equal)

    def merge_forwards(a, b):
        # The first of `b` goes first, the last of `a` last.
        nonlocal min_gallop
        merged = [b[0]]
        i, j, n_a, n_b = 0, 1, len(a), len(b)
        while True:
            if j == n_b:
                return merged + a[i:]
            if i == n_a - 1:
                return merged + b[j:] + a[i:]
            from_a = from_b = 0
            while from_a < min_gallop and from_b < min_gallop:
                if keys[b[j]] < keys[a[i]]:
                    merged.append(b[j])
                    j += 1
                    from_a, from_b = 0, from_b + 1
                    if j == n_b:
                        return merged + a[i:]
                else:
                    merged.append(a[i])
                    i += 1
                    from_a, from_b = from_a + 1, 0
                    if i == n_a - 1:
                        return merged + b[j:] + a[i:]
            min_gallop += 1
            from_a = 7
            while from_a >= 7 or from_b >= 7:
                min_gallop -= min_gallop > 1
                end = gallop(keys[b[j]], a, i, n_a, i, True)
                from_a = end - i
                merged += a[i:end]
                i = end
                if i == n_a - 1:
                    return merged + b[j:] + a[i:]
                if i == n_a:
                    return merged + b[j:]
                merged.append(b[j])
                j += 1
                if j == n_b:
                    return merged + a[i:]
                end = gallop(keys[a[i]], b, j, n_b, j, False)
                from_b = end - j
                merged += b[j:end]
                j = end
                if j == n_b:
                    return merged + a[i:]
                merged.append(a[i])
                i += 1
                if i == n_a - 1:
                    return merged + b[j:] + a[i:]
            min_gallop += 1

    def merge_backwards(a, b):
        # The last of `a` goes last, the first of `b` first; `i` and `j` are how many are left.
        nonlocal min_gallop
        merged = [a[-1]]
        i, j = len(a) - 1, len(b)
        while True:
            if i == 0:
                return b[:j] + merged[::-1]
            if j == 1:
                return a_before_b(a, i, b, merged)
            from_a = from_b = 0
            while from_a < min_gallop and from_b < min_gallop:
                if keys[b[j - 1]] < keys[a[i - 1]]:
                    i -= 1
                    merged.append(a[i])
                    from_a, from_b = from_a + 1, 0
                    if i == 0:
                        return b[:j] + merged[::-1]
                else:
                    j -= 1
                    merged.append(b[j])
                    from_a, from_b = 0, from_b + 1
                    if j == 1:
                        return a_before_b(a, i, b, merged)
            min_gallop += 1
            from_a = 7
            while from_a >= 7 or from_b >= 7:
                min_gallop -= min_gallop > 1
                start = gallop(keys[b[j - 1]], a, 0, i, i - 1, True)
                from_a = i - start
                merged += a[start:i][::-1]
                i = start
                if i == 0:
                    return b[:j] + merged[::-1]
                j -= 1
                merged.append(b[j])
                if j == 1:
                    return a_before_b(a, i, b, merged)
                start = gallop(keys[a[i - 1]], b, 0, j, j - 1, False)
                from_b = j - start
                merged += b[start:j][::-1]
                j = start
                if j == 1:
                    return a_before_b(a, i, b, merged)
                if j == 0:
                    return a[:i] + merged[::-1]
                i -= 1
                merged.append(a[i])
                if i == 0:
                    return b[:j] + merged[::-1]
            min_gallop += 1

    def a_before_b(a, i, b, merged):
        return b[:1] + a[:i] + merged[::-1]

    def merge(i):
        start, n_a, power = runs[i]
        middle, n_b, _ = runs[i + 1]
        runs[i : i + 2] = [[start, n_a + n_b, power]]
        end = middle + n_b
        start = gallop(keys[order[middle]], order, start, middle, start, True)
        if start == middle:
            return
        end = gallop(keys[order[middle - 1]], order, middle, end, end - 1, False)
        if end == middle:
            return
        a, b = order[start:middle], order[middle:end]
        order[start:end] = merge_forwards(a, b) if len(a) <= len(b) else merge_backwards(a, b)

    def power_of(start, n_a, n_b):
        power = 0
        a = 2 * start + n_a
        b = a + n_a + n_b
        while True:
            power += 1
            if a >= n:
                a -= n
                b -= n
            elif b >= n:
                return power
            a *= 2
            b *= 2

    shortest, carried = n, 0
    while shortest >= 64:
        carried |= shortest & 1
        shortest >>= 1
    shortest += carried
    runs = []
    low = 0
    while low < n:
        end = first_run(low)
        if end - low < shortest:
            wanted = min(n, low + shortest)
            insert(low, wanted, end)
            end = wanted
        if runs:
            power = power_of(runs[-1][0], runs[-1][1], end - low)
            while len(runs) > 1 and runs[-2][2] > power:
                merge(len(runs) - 2)
            runs[-1][2] = power
        runs.append([low, end - low, 0])
        low = end
    while len(runs) > 1:
        i = len(runs) - 2
        if i > 0 and runs[i - 1][1] < runs[i + 1][1]:
            i -= 1
        merge(i)
    return order
