import logging, logging.config, sys, io
old = logging.getLogger("old"); sub = logging.getLogger("app.sub")
logging.config.dictConfig({
  "version": 1, "disable_existing_loggers": False,
  "formatters": {"simple": {"format": "%(levelname)s:%(name)s:%(message)s"}, "brace": {"format": "{levelname}|{message}", "style": "{"}},
  "filters": {"only_app": {"name": "app"}},
  "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "simple", "stream": "ext://sys.stdout", "level": "INFO"},
     "file": {"class": "logging.FileHandler", "filename": "log.txt", "formatter": "brace", "filters": ["only_app"]},
     "mem": {"class": "logging.handlers.MemoryHandler", "capacity": 10, "target": "console"}},
  "loggers": {"app": {"level": "DEBUG", "handlers": ["console", "file"], "propagate": False}},
  "root": {"level": "WARNING", "handlers": ["console"]}})
logging.getLogger("app").debug("dbg"); logging.getLogger("app").info("inf"); sub.warning("sub"); old.error("old"); old.info("no"); logging.warning("rootw")
print(open("log.txt").read())
print(logging.getHandlerByName("console") if hasattr(logging, "getHandlerByName") else "", logging.getLogger("app").handlers[0].level)
logging.config.dictConfig({"version": 1, "handlers": {"c": {"()": logging.StreamHandler, "stream": "ext://sys.stdout"}}, "root": {"handlers": ["c"], "level": "INFO"}})
old.error("disabled now"); logging.info("plain")
for bad in ({}, {"version": 2}, {"version": 1, "handlers": {"x": {"class": "no.such.Thing"}}}, {"version": 1, "root": {"handlers": ["nope"]}}, {"version": 1, "handlers": {"x": {"class": "logging.StreamHandler", "formatter": "zz"}}}, {"version": 1, "loggers": {"q": {"level": "LOUD"}}}):
    try: logging.config.dictConfig(bad); print("fine")
    except Exception as e: print(type(e).__name__, e, "|", repr(e.__cause__))
logging.config.dictConfig({"version": 1, "incremental": True, "root": {"level": "ERROR"}}); print(logging.getLogger().level)
with open("l.ini", "w") as f: f.write("""[loggers]
keys=root,app
[handlers]
keys=h
[formatters]
keys=f
[logger_root]
level=WARNING
handlers=h
[logger_app]
level=DEBUG
handlers=h
propagate=0
qualname=app
[handler_h]
class=StreamHandler
level=DEBUG
formatter=f
args=(sys.stdout,)
[formatter_f]
format=%(name)s - %(levelname)s - %(message)s
""")
logging.config.fileConfig("l.ini"); logging.getLogger("app").debug("from ini"); logging.getLogger("z").info("no"); logging.getLogger("z").warning("yes")
