"""Loggers set up from a dictionary."""
import logging
import logging.handlers
import re

_identifier = re.compile("^[a-z_][a-z0-9_]*$", re.I)
_attribute = re.compile(r"^(?P<prefix>[a-z]+)://(?P<suffix>.*)$")
_step = re.compile(r"\.(\w+)|\[(\w+)\]")


def _resolve(name):
    """The object that a dotted name means."""
    first, *rest = name.split(".")
    used = first
    found = __import__(used)
    for part in rest:
        used += "." + part
        try:
            found = getattr(found, part)
        except AttributeError:
            __import__(used)
            found = getattr(found, part)
    return found


class BaseConfigurator:
    """Texts of a configuration that stand for other things: `ext://sys.stdout`, `cfg://handlers.file`."""

    def __init__(self, config):
        self.config = config

    def resolve(self, s):
        try:
            return _resolve(s)
        except ImportError as exc:
            raise ValueError(f"Cannot resolve {s!r}: {exc}") from exc

    def convert(self, value):
        if isinstance(value, dict):
            return {key: self.convert(item) for key, item in value.items()}
        if isinstance(value, list):
            return [self.convert(item) for item in value]
        if isinstance(value, tuple):
            return tuple(self.convert(item) for item in value)
        match = _attribute.match(value) if isinstance(value, str) else None
        if match and match["prefix"] == "ext":
            return self.resolve(match["suffix"])
        if match and match["prefix"] == "cfg":
            found = self.config
            for name, index in _step.findall("." + match["suffix"]):
                key = name or index
                found = found[int(key)] if isinstance(found, (list, tuple)) else found[key]
            return found
        return value

    def configure_custom(self, config):
        config = dict(config)
        make = config.pop("()")
        if not callable(make):
            make = self.resolve(make)
        props = config.pop(".", None)
        made = make(**{key: value for key, value in config.items() if _identifier.match(key)})
        for name, value in (props or {}).items():
            setattr(made, name, value)
        return made


class DictConfigurator(BaseConfigurator):
    def configure(self):
        config = self.config
        if "version" not in config:
            raise ValueError("dictionary doesn't specify a version")
        if config["version"] != 1:
            raise ValueError(f"Unsupported version: {config['version']}")
        if config.pop("incremental", False):
            for name, handler in config.get("handlers", {}).items():
                if "level" in handler:
                    logging._handlers[name].setLevel(handler["level"])
            for name, logger in config.get("loggers", {}).items():
                self.common_logger(logging.getLogger(name), logger, True)
            if "root" in config:
                self.common_logger(logging.root, config["root"], True)
            return
        disable = config.pop("disable_existing_loggers", True)
        logging._handlers.clear()
        self.formatters = self._each("formatter", self.configure_formatter)
        self.filters = self._each("filter", self.configure_filter)
        self.handlers = {}
        self.deferred = []
        given = config.get("handlers", {})
        for name in sorted(given):
            self._handler(name, given[name], can_wait=True)
        for name in self.deferred:
            self._handler(name, given[name], can_wait=False)
        known = logging.root.manager.loggerDict
        named = config.get("loggers", {})
        for name, logger in list(known.items()):
            if name in named:
                continue
            if any(name.startswith(parent + ".") for parent in named):
                logger.setLevel(logging.NOTSET)
                logger.handlers = []
                logger.propagate = True
            else:
                logger.disabled = disable
        for name, options in named.items():
            logger = logging.getLogger(name)
            try:
                self.common_logger(logger, options)
                logger.disabled = False
                if options.get("propagate") is not None:
                    logger.propagate = options["propagate"]
            except Exception as exc:
                raise ValueError(f"Unable to configure logger {name!r}") from exc
        if config.get("root"):
            try:
                self.common_logger(logging.root, config["root"])
            except Exception as exc:
                raise ValueError("Unable to configure root logger") from exc

    def _each(self, what, configure):
        made = {}
        for name, options in self.config.get(what + "s", {}).items():
            try:
                made[name] = configure(options)
            except Exception as exc:
                raise ValueError(f"Unable to configure {what} {name!r}") from exc
        return made

    def _handler(self, name, options, can_wait):
        try:
            handler = self.configure_handler(self.convert(options))
            handler.name = name
            self.handlers[name] = handler
        except Exception as exc:
            if can_wait and " not configured yet" in str(exc.__cause__):
                self.deferred.append(name)
            else:
                raise ValueError(f"Unable to configure handler {name!r}") from exc

    def configure_formatter(self, config):
        config = self.convert(config)
        if "()" in config:
            return self.configure_custom(config)
        make = self.resolve(config["class"]) if config.get("class") else logging.Formatter
        options = {"defaults": config["defaults"]} if config.get("defaults") else {}
        validate = config.get("validate", True)
        return make(config.get("format"), config.get("datefmt"), config.get("style", "%"), validate, **options)

    def configure_filter(self, config):
        config = self.convert(config)
        return self.configure_custom(config) if "()" in config else logging.Filter(config.get("name", ""))

    def add_filters(self, filterer, filters):
        for name in filters:
            try:
                filterer.addFilter(name if callable(name) or hasattr(name, "filter") else self.filters[name])
            except Exception as exc:
                raise ValueError(f"Unable to add filter {name!r}") from exc

    def configure_handler(self, config):
        config = dict(config)
        formatter = config.pop("formatter", None)
        if formatter:
            try:
                formatter = self.formatters[formatter]
            except Exception as exc:
                raise ValueError(f"Unable to set formatter {formatter!r}") from exc
        level = config.pop("level", None)
        filters = config.pop("filters", None)
        if "()" in config:
            make = config.pop("()")
            make = make if callable(make) else self.resolve(make)
        else:
            name = config.pop("class")
            make = self.resolve(name)
            if issubclass(make, logging.handlers.MemoryHandler) and "target" in config:
                try:
                    config["target"] = self.handlers[config["target"]]
                except KeyError as exc:
                    raise ValueError(f"Unable to set target handler {config['target']!r}") from TypeError(
                        "target not configured yet"
                    )
        props = config.pop(".", None)
        made = make(**{key: value for key, value in config.items() if _identifier.match(key)})
        if formatter:
            made.setFormatter(formatter)
        if level is not None:
            made.setLevel(level)
        if filters:
            self.add_filters(made, filters)
        for name, value in (props or {}).items():
            setattr(made, name, value)
        return made

    def common_logger(self, logger, config, incremental=False):
        level = config.get("level")
        if level is not None:
            logger.setLevel(level)
        if incremental:
            return
        for handler in logger.handlers[:]:
            logger.removeHandler(handler)
        for name in config.get("handlers") or ():
            try:
                logger.addHandler(self.handlers[name])
            except Exception as exc:
                raise ValueError(f"Unable to add handler {name!r}") from exc
        if config.get("filters"):
            self.add_filters(logger, config["filters"])


dictConfigClass = DictConfigurator


def dictConfig(config):
    dictConfigClass(dict(config)).configure()


def fileConfig(fname, defaults=None, disable_existing_loggers=True, encoding=None):
    raise NotImplementedError("logging.config: fileConfig is not simulated; use dictConfig")
