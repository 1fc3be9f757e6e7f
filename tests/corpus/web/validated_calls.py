# /// script
# dependencies = ["pydantic"]
# ///
# What a validated function says of arguments that are missing or too many.
from pydantic import validate_call, ValidationError, Field
from typing import Annotated
@validate_call
def f(a: int, b: str = "x", *, c: Annotated[float, Field(gt=0)] = 1.0): return a, b, c
print(f("3"), f(1, b="q", c="2"))

for args, kw in (((), {}), (("z",), {}), ((1,), {"c": -1}), ((1, "a", 3), {}), ((1,), {"d": 5}), ((1,), {"a": 2})):
    try: print(f(*args, **kw))
    except ValidationError as e: print(e.error_count(), e.title, [(x["type"], x["loc"], x["msg"], x["input"]) for x in e.errors(include_url=False)])
    except TypeError as e: print("TE", e)
