"""Where a parameter of an endpoint comes from."""

from pydantic import FieldInfo

from ._signature import EMPTY


class Param(FieldInfo):
    source = None

    def __init__(self, default=..., *, include_in_schema=True, openapi_examples=None, example=EMPTY, **more):
        super().__init__(default, **more)
        self.include_in_schema = include_in_schema
        self.openapi_examples = openapi_examples
        self.example = example


class Path(Param):
    source = "path"


class Query(Param):
    source = "query"


class Header(Param):
    source = "header"

    def __init__(self, default=..., *, convert_underscores=True, **more):
        super().__init__(default, **more)
        self.convert_underscores = convert_underscores


class Cookie(Param):
    source = "cookie"


class Body(Param):
    source = "body"

    def __init__(self, default=..., *, embed=None, media_type=None, **more):
        super().__init__(default, **more)
        self.embed = embed
        self.media_type = media_type


class Form(Param):
    source = "form"


class File(Form):
    pass


class Depends:
    def __init__(self, dependency=None, *, use_cache=True, scope=None):
        self.dependency = dependency
        self.use_cache = use_cache
        self.scope = scope

    def __repr__(self):
        name = getattr(self.dependency, "__name__", type(self.dependency).__name__)
        return f"Depends({name}{'' if self.use_cache else ', use_cache=False'})"


class Security(Depends):
    def __init__(self, dependency=None, *, scopes=None, use_cache=True):
        super().__init__(dependency, use_cache=use_cache)
        self.scopes = scopes or []
