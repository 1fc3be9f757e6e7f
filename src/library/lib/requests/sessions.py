"""Sessions: what requests have in common, and the connections that they share."""

from collections import OrderedDict
from urllib.parse import urljoin, urlsplit

from .adapters import HTTPAdapter
from .exceptions import InvalidSchema, TooManyRedirects
from .models import PreparedRequest, Request
from .structures import CaseInsensitiveDict, CookieJar, extract_cookies


def default_headers():
    return CaseInsensitiveDict(
        {
            "User-Agent": "python-requests/2.32.3",
            "Accept-Encoding": "gzip, deflate",
            "Accept": "*/*",
            "Connection": "keep-alive",
        }
    )


class Session:
    def __init__(self):
        self.headers = default_headers()
        self.auth = None
        self.proxies = {}
        self.hooks = {"response": []}
        self.params = {}
        self.stream = False
        self.verify = True
        self.cert = None
        self.max_redirects = 30
        self.trust_env = True
        self.cookies = CookieJar()
        self.adapters = OrderedDict()
        self.mount("https://", HTTPAdapter())
        self.mount("http://", HTTPAdapter())

    def __enter__(self):
        return self

    def __exit__(self, *args):
        self.close()

    def mount(self, prefix, adapter):
        self.adapters[prefix] = adapter
        # The longest prefix first.
        for key in [k for k in self.adapters if len(k) < len(prefix)]:
            self.adapters[key] = self.adapters.pop(key)

    def get_adapter(self, url):
        for prefix, adapter in self.adapters.items():
            if url.lower().startswith(prefix.lower()):
                return adapter
        raise InvalidSchema(f"No connection adapters were found for {url!r}")

    def prepare_request(self, request):
        headers = self.headers.copy()
        for name, value in (request.headers or {}).items():
            if value is None:
                headers.pop(name, None)
            else:
                headers[name] = value
        cookies = dict(self.cookies.items())
        cookies.update(request.cookies.items() if request.cookies else ())
        params = request.params
        if self.params and not isinstance(params, (str, bytes)):
            params = {**self.params, **dict(params or {})}
        prepared = PreparedRequest()
        prepared.prepare(
            request.method,
            request.url,
            headers,
            request.data,
            params,
            request.auth or self.auth,
            cookies,
            request.json,
            request.files,
        )
        prepared.hooks = {"response": [*_hooks(self.hooks), *_hooks(request.hooks or {})]}
        return prepared

    def request(
        self,
        method,
        url,
        params=None,
        data=None,
        headers=None,
        cookies=None,
        files=None,
        auth=None,
        timeout=None,
        allow_redirects=True,
        proxies=None,
        hooks=None,
        stream=None,
        verify=None,
        cert=None,
        json=None,
    ):
        request = Request(method.upper(), url, headers, files, data, params, auth, cookies, hooks, json)
        prepared = self.prepare_request(request)
        stream = self.stream if stream is None else stream
        return self.send(prepared, timeout=timeout, allow_redirects=allow_redirects, stream=stream)

    def send(self, request, *, timeout=None, allow_redirects=True, stream=False, **unused):
        response = self._send(request, timeout, stream)
        history = []
        while allow_redirects and response.is_redirect:
            if len(history) >= self.max_redirects:
                raise TooManyRedirects(f"Exceeded {self.max_redirects} redirects.", response=response)
            response.content
            history.append(response)
            request = self._redirected(request, response)
            response = self._send(request, timeout, stream)
        response.history = history
        return response

    def _send(self, request, timeout, stream):
        adapter = self.get_adapter(request.url)
        response = adapter.send(request, stream=stream, timeout=timeout)
        for hook in getattr(request, "hooks", {}).get("response", ()):
            response = hook(response) or response
        extract_cookies(self.cookies, response.raw.headers)
        return response

    def _redirected(self, request, response):
        new = request.copy()
        new.url = urljoin(request.url, response.headers["location"])
        if not urlsplit(new.url).path:
            new.url += "/"
        status = response.status_code
        if (status == 303 and new.method != "HEAD") or (status == 302 and new.method != "HEAD"):
            new.method = "GET"
        elif status == 301 and new.method == "POST":
            new.method = "GET"
        if status not in (307, 308):
            for name in ("Content-Length", "Content-Type", "Transfer-Encoding"):
                new.headers.pop(name, None)
            new.body = None
        if self.cookies:
            new.headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        return new

    def get(self, url, **kwargs):
        return self.request("GET", url, **kwargs)

    def options(self, url, **kwargs):
        return self.request("OPTIONS", url, **kwargs)

    def head(self, url, **kwargs):
        kwargs.setdefault("allow_redirects", False)
        return self.request("HEAD", url, **kwargs)

    def post(self, url, data=None, json=None, **kwargs):
        return self.request("POST", url, data=data, json=json, **kwargs)

    def put(self, url, data=None, **kwargs):
        return self.request("PUT", url, data=data, **kwargs)

    def patch(self, url, data=None, **kwargs):
        return self.request("PATCH", url, data=data, **kwargs)

    def delete(self, url, **kwargs):
        return self.request("DELETE", url, **kwargs)

    def close(self):
        for adapter in self.adapters.values():
            adapter.close()


def _hooks(hooks):
    found = hooks.get("response", ())
    return [found] if callable(found) else list(found)


def session():
    return Session()
