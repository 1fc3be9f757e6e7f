"""Values as they appear in messages of failed tests."""

MAX_LENGTH = 80
_PLACEHOLDER, _MIN_BEGIN, _MIN_END, _MIN_COMMON = 12, 5, 5, 5
_MIN_DIFF = MAX_LENGTH - (_MIN_BEGIN + _PLACEHOLDER + _MIN_COMMON + _PLACEHOLDER + _MIN_END)


def safe_repr(obj, short=False):
    try:
        text = repr(obj)
    except Exception:
        text = object.__repr__(obj)
    if not short or len(text) < MAX_LENGTH:
        return text
    return text[:MAX_LENGTH] + " [truncated]..."


def _cut(text, begin, end):
    skipped = len(text) - begin - end
    if skipped > _PLACEHOLDER:
        text = f"{text[:begin]}[{skipped} chars]{text[len(text) - end:]}"
    return text


def shortened(*values):
    """Reprs of values that are to be compared: what they share is cut when they are long."""
    texts = tuple(safe_repr(value) for value in values)
    longest = max(len(text) for text in texts)
    if longest <= MAX_LENGTH:
        return texts
    low, high = min(texts), max(texts)
    common = 0
    while common < len(low) and low[common] == high[common]:
        common += 1
    prefix = texts[0][:common]
    room = MAX_LENGTH - (longest - common + _MIN_BEGIN + _PLACEHOLDER + _MIN_COMMON)
    if room > _MIN_DIFF:
        prefix = _cut(prefix, _MIN_BEGIN, _MIN_COMMON)
        return tuple(prefix + text[common:] for text in texts)
    prefix = _cut(prefix, _MIN_BEGIN, _MIN_COMMON)
    return tuple(prefix + _cut(text[common:], _MIN_DIFF, _MIN_END) for text in texts)


def count_differences(first, second):
    """`(how often in first, how often in second, item)` where the two differ."""
    result = []
    for n, items in enumerate((first, second)):
        for item in items:
            if any(item == known for _, _, known in result):
                continue
            if n == 1 and any(item == other for other in first):
                continue
            in_first = sum(1 for other in first if other == item)
            in_second = sum(1 for other in second if other == item)
            if in_first != in_second:
                result.append((in_first, in_second, item))
    return result


def strclass(cls):
    return f"{cls.__module__}.{cls.__qualname__}"
