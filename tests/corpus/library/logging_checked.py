"""Which formats of records are refused, and what stands among the loggers."""
import logging

FORMATS = (
    ("%", "%(message"), ("%", "plain"), ("%", "%(levelname)8s %(message)s"), ("%", "%(asctime).3q"), ("{", "{x!z}"),
    ("{", "{message:>10}"), ("{", "none"), ("{", "{a-b}"), ("{", "{message:zz}"), ("$", "$"), ("$", "${message}"),
    ("$", "none"), ("?", "x"),
)  # fmt: skip
for style, text in FORMATS:
    try:
        logging.Formatter(text, style=style)
    except ValueError as e:
        print(style, text, "|", e)
    else:
        print(style, text, "is a format")
below = logging.getLogger("above.between.below")
loggers = logging.root.manager.loggerDict
print([(name, type(loggers[name]).__name__) for name in sorted(loggers)], below.parent.name)
above = logging.getLogger("above")
print(type(loggers["above"]).__name__, below.parent.name, logging._nameToLevel["WARN"], logging._levelToName[30])
