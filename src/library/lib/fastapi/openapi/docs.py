"""The pages that show the OpenAPI document: they name it and the scripts that would draw it.

The text of the pages is this library's own; titles and addresses are those that FastAPI would use.
"""

import json

from starlette.responses import HTMLResponse

from ..encoders import jsonable_encoder

swagger_ui_default_parameters = {
    "dom_id": "#swagger-ui",
    "layout": "BaseLayout",
    "deepLinking": True,
    "showExtensions": True,
    "showCommonExtensions": True,
}


def _page(title, head, body):
    return HTMLResponse(
        f'<!DOCTYPE html>\n<html>\n<head>\n<meta charset="utf-8">\n{head}<title>{title}</title>\n</head>\n'
        f"<body>\n{body}</body>\n</html>\n"
    )


def get_swagger_ui_html(
    *,
    openapi_url,
    title,
    swagger_js_url="https://cdn.jsdelivr.net/npm/swagger-ui-dist@5/swagger-ui-bundle.js",
    swagger_css_url="https://cdn.jsdelivr.net/npm/swagger-ui-dist@5/swagger-ui.css",
    swagger_favicon_url="https://fastapi.tiangolo.com/img/favicon.png",
    oauth2_redirect_url=None,
    init_oauth=None,
    swagger_ui_parameters=None,
):
    parameters = {"url": openapi_url, **swagger_ui_default_parameters, **(swagger_ui_parameters or {})}
    if oauth2_redirect_url:
        parameters["oauth2RedirectUrl"] = oauth2_redirect_url
    script = "".join(f"  {json.dumps(k)}: {json.dumps(jsonable_encoder(v))},\n" for k, v in parameters.items())
    login = f"ui.initOAuth({json.dumps(jsonable_encoder(init_oauth))})\n" if init_oauth else ""
    head = f'<link rel="stylesheet" href="{swagger_css_url}">\n<link rel="icon" href="{swagger_favicon_url}">\n'
    body = (
        f'<div id="swagger-ui"></div>\n<script src="{swagger_js_url}"></script>\n'
        f"<script>\nconst ui = SwaggerUIBundle({{\n{script}}})\n{login}</script>\n"
    )
    return _page(title, head, body)


def get_redoc_html(
    *,
    openapi_url,
    title,
    redoc_js_url="https://cdn.jsdelivr.net/npm/redoc@2/bundles/redoc.standalone.js",
    redoc_favicon_url="https://fastapi.tiangolo.com/img/favicon.png",
    with_google_fonts=True,
):
    head = f'<link rel="icon" href="{redoc_favicon_url}">\n'
    return _page(title, head, f'<redoc spec-url="{openapi_url}"></redoc>\n<script src="{redoc_js_url}"></script>\n')


def get_swagger_ui_oauth2_redirect_html():
    return _page("Swagger UI: OAuth2 Redirect", "", "<script>\nwindow.close()\n</script>\n")
