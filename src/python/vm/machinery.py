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


def mapped(f, iterator):
    for item in iterator:
        return f(item)
    raise StopIteration


def filtered(f, iterator):
    for item in iterator:
        if f(item):
            return item
    raise StopIteration
