"""Logging set up from a dict or a file."""
import logging
import logging.handlers

DEFAULT_LOGGING_CONFIG_PORT = 9030


def _resolve(name):
    """What a dotted name means: a module is imported as far as there is one."""
    parts = name.split(".")
    used = parts.pop(0)
    try:
        found = __import__(used)
        for part in parts:
            used += "." + part
            try:
                found = getattr(found, part)
            except AttributeError:
                __import__(used)
                found = getattr(found, part)
        return found
    except ImportError as error:
        raise ValueError(f"Cannot resolve {name!r}: {error}") from error


class BaseConfigurator:
    """A dict whose texts may stand for objects (`ext://`) and for other parts of it (`cfg://`)."""

    def __init__(self, config):
        self.config = config

    def resolve(self, s):
        return _resolve(s)

    def convert(self, value):
        if isinstance(value, dict):
            return {key: self.convert(inner) for key, inner in value.items()}
        if isinstance(value, list):
            return [self.convert(inner) for inner in value]
        if isinstance(value, tuple) and not hasattr(value, "_fields"):
            return tuple(self.convert(inner) for inner in value)
        if isinstance(value, str):
            prefix, mark, rest = value.partition("://")
            if mark and prefix == "ext":
                return self.resolve(rest)
            if mark and prefix == "cfg":
                return self.convert(self._part(rest))
        return value

    def _part(self, path):
        import re

        found = self.config
        for name, index in re.findall(r"([^.\[\]]+)|\[([^\]]+)\]", path):
            key = name or index
            found = found[int(key)] if isinstance(found, list) else found[key]
        return found

    def configure_custom(self, config):
        """An object made by the callable under `()`."""
        make = config.pop("()")
        if not callable(make):
            make = self.resolve(make)
        attributes = config.pop(".", None)
        result = make(**{key: self.convert(value) for key, value in config.items() if str(key).isidentifier()})
        for name, value in (attributes or {}).items():
            setattr(result, name, value)
        return result

    def as_tuple(self, value):
        return tuple(value) if isinstance(value, list) else value


class DictConfigurator(BaseConfigurator):
    """Formatters, filters, handlers and loggers from a dict."""

    def configure(self):
        config = self.config
        if "version" not in config:
            raise ValueError("dictionary doesn't specify a version")
        if config["version"] != 1:
            raise ValueError(f"Unsupported version: {config['version']}")
        if config.pop("incremental", False):
            self._change_levels(config)
            return
        disables = config.pop("disable_existing_loggers", True)
        logging._handlers.clear()
        formatters = self._made(config.get("formatters", {}), "formatter", self.configure_formatter)
        filters = self._made(config.get("filters", {}), "filter", self.configure_filter)
        self._formatters, self._filters = formatters, filters
        self._handlers = {}
        waiting = []
        entries = config.get("handlers", {})
        for name in sorted(entries):
            try:
                self._add_handler(name, entries[name])
            except Exception as error:
                if "target not configured yet" not in str(error.__cause__):
                    raise ValueError(f"Unable to configure handler {name!r}") from error
                waiting.append(name)
        for name in waiting:
            try:
                self._add_handler(name, entries[name])
            except Exception as error:
                raise ValueError(f"Unable to configure handler {name!r}") from error
        existing = dict.fromkeys(sorted(logging.root.manager.loggerDict))
        below = []
        for name, entry in config.get("loggers", {}).items():
            if name in existing:
                below += [other for other in existing if other.startswith(name + ".")]
                del existing[name]
            try:
                self.configure_logger(name, entry)
            except Exception as error:
                raise ValueError(f"Unable to configure logger {name!r}") from error
        for name in existing:
            logger = logging.root.manager.loggerDict[name]
            if name in below:
                # What is below a logger of the dict goes by that one.
                if isinstance(logger, logging.Logger):
                    logger.setLevel(logging.NOTSET)
                    logger.handlers = []
                    logger.propagate = True
            elif isinstance(logger, logging.Logger):
                logger.disabled = disables
        if config.get("root"):
            try:
                self.configure_root(config["root"])
            except Exception as error:
                raise ValueError("Unable to configure root logger") from error

    def _change_levels(self, config):
        for name, entry in config.get("handlers", {}).items():
            if name not in logging._handlers:
                raise ValueError(f"No handler found with name {name!r}")
            if entry.get("level"):
                logging._handlers[name].setLevel(logging._checked_level(entry["level"]))
        for name, entry in config.get("loggers", {}).items():
            try:
                self.configure_logger(name, entry, True)
            except Exception as error:
                raise ValueError(f"Unable to configure logger {name!r}") from error
        if config.get("root"):
            self.configure_root(config["root"], True)

    def _made(self, entries, what, make):
        made = {}
        for name, entry in entries.items():
            try:
                made[name] = make(entry)
            except Exception as error:
                raise ValueError(f"Unable to configure {what} {name!r}") from error
        return made

    def configure_formatter(self, config):
        config = dict(config)
        if "()" in config:
            factory = config["()"]
            try:
                return self.configure_custom(config)
            except TypeError as error:
                if "'format'" not in str(error):
                    raise
                config["fmt"] = config.pop("format")
                config["()"] = factory
                return self.configure_custom(config)
        kind = logging.Formatter if "class" not in config else _resolve(config["class"])
        options = {"validate": config["validate"]} if "validate" in config else {}
        return kind(self.convert(config.get("format")), config.get("datefmt"), config.get("style", "%"), **options)

    def configure_filter(self, config):
        if "()" in config:
            return self.configure_custom(dict(config))
        return logging.Filter(config.get("name", ""))

    def add_filters(self, filterer, filters):
        for name in filters:
            try:
                known = callable(name) or callable(getattr(name, "filter", None))
                filterer.addFilter(name if known else self._filters[name])
            except Exception as error:
                raise ValueError(f"Unable to add filter {name!r}") from error

    def _add_handler(self, name, config):
        handler = self.configure_handler(config)
        handler.name = name
        self._handlers[name] = handler
        logging._handlers[name] = handler

    def configure_handler(self, config):
        config = dict(config)
        formatter = config.pop("formatter", None)
        if formatter:
            try:
                formatter = self._formatters[formatter]
            except Exception as error:
                raise ValueError(f"Unable to set formatter {formatter!r}") from error
        level = config.pop("level", None)
        filters = config.pop("filters", None)
        attributes = config.pop(".", None)
        if "()" in config:
            make = config.pop("()")
            make = make if callable(make) else self.resolve(make)
        else:
            make = self.resolve(config.pop("class"))
            if isinstance(make, type) and issubclass(make, logging.handlers.MemoryHandler) and "target" in config:
                target = self._handlers.get(config["target"])
                if target is None:
                    raise ValueError(f"Unable to set target handler {config['target']!r}") from TypeError(
                        "target not configured yet"
                    )
                config["target"] = target
        handler = make(**{key: self.convert(value) for key, value in config.items() if str(key).isidentifier()})
        if formatter:
            handler.setFormatter(formatter)
        if level is not None:
            handler.setLevel(logging._checked_level(level))
        if filters:
            self.add_filters(handler, filters)
        for name, value in (attributes or {}).items():
            setattr(handler, name, value)
        return handler

    def add_handlers(self, logger, handlers):
        for name in handlers:
            try:
                logger.addHandler(self._handlers[name])
            except Exception as error:
                raise ValueError(f"Unable to add handler {name!r}") from error

    def common_logger_config(self, logger, config, incremental=False):
        level = config.get("level")
        if level is not None:
            logger.setLevel(logging._checked_level(level))
        if incremental:
            return
        for handler in logger.handlers[:]:
            logger.removeHandler(handler)
        if config.get("handlers"):
            self.add_handlers(logger, config["handlers"])
        if config.get("filters"):
            self.add_filters(logger, config["filters"])

    def configure_logger(self, name, config, incremental=False):
        logger = logging.getLogger(name)
        self.common_logger_config(logger, config, incremental)
        logger.disabled = False
        propagate = config.get("propagate")
        if propagate is not None:
            logger.propagate = propagate

    def configure_root(self, config, incremental=False):
        self.common_logger_config(logging.getLogger(), config, incremental)


dictConfigClass = DictConfigurator


def dictConfig(config):
    dictConfigClass(dict(config)).configure()


def fileConfig(fname, defaults=None, disable_existing_loggers=True, encoding=None):
    """The older form, in an INI file: it is read into a dict."""
    import configparser

    if isinstance(fname, configparser.RawConfigParser):
        parser = fname
    else:
        parser = configparser.ConfigParser(defaults)
        if hasattr(fname, "readline"):
            parser.read_file(fname)
        elif not parser.read(fname, encoding=encoding):
            raise FileNotFoundError(f"{fname} doesn't exist")

    def names(section):
        return [name.strip() for name in parser[section]["keys"].split(",") if name.strip()]

    formatters = {}
    for name in names("formatters"):
        section = f"formatter_{name}"
        entry = {}
        for key in ("format", "datefmt", "style", "class"):
            value = parser.get(section, key, raw=True, fallback=None)
            if value:
                entry[key] = value
        formatters[name] = entry
    configurator = DictConfigurator({})
    configurator._filters = {}
    configurator._formatters = {name: configurator.configure_formatter(entry) for name, entry in formatters.items()}
    configurator._handlers = {}
    logging._handlers.clear()
    scope = vars(logging) | {"logging": logging}
    for name in names("handlers"):
        section = parser[f"handler_{name}"]
        kind = section["class"]
        # Names are those that `logging` has, or whole ones.
        make = scope.get(kind) or _resolve(f"logging.{kind}" if kind.startswith("handlers.") else kind)
        handler = make(*eval(section.get("args", "()"), scope), **eval(section.get("kwargs", "{}"), scope))
        handler.name = name
        if section.get("level"):
            handler.setLevel(section["level"])
        if section.get("formatter"):
            handler.setFormatter(configurator._formatters[section["formatter"]])
        configurator._handlers[name] = logging._handlers[name] = handler
    loggers = {}
    root = {}
    for name in names("loggers"):
        section = parser[f"logger_{name}"]
        entry = {"handlers": [h.strip() for h in section.get("handlers", "").split(",") if h.strip()]}
        if section.get("level"):
            entry["level"] = section["level"]
        if name == "root":
            root = entry
        else:
            entry["propagate"] = bool(section.getint("propagate", fallback=1))
            loggers[section.get("qualname", name)] = entry
    existing = [name for name in logging.root.manager.loggerDict if name not in loggers]
    configurator.configure_root(root)
    for name, entry in loggers.items():
        configurator.configure_logger(name, entry)
    for name in existing:
        logger = logging.root.manager.loggerDict[name]
        if isinstance(logger, logging.Logger) and not any(name.startswith(other + ".") for other in loggers):
            logger.disabled = disable_existing_loggers


def listen(port=DEFAULT_LOGGING_CONFIG_PORT, verify=None):
    raise NotImplementedError("logging.config.listen() is not simulated: call dictConfig()")


def stopListening():
    pass
