# httpx with transports of the program's own: URLs, parameters, responses.
import asyncio

import httpx


def handler(request):
    print(request.method, request.url, request.url.params, request.content)
    if request.url.path == "/json":
        return httpx.Response(200, json={"a": 1}, headers={"X-Z": "q"})
    if request.url.path == "/moved":
        return httpx.Response(302, headers={"location": "/json"})
    return httpx.Response(404, html="<p>")


transport = httpx.MockTransport(handler)
with httpx.Client(transport=transport, base_url="https://api.example.com/v1", params={"p": 1}) as client:
    for url in ("json", "/json", "json?q=1", "https://other.org/json", ""):
        response = client.get(url)
    response = client.get("https://h/json", params={"p": 2, "r": [1, "x y"], "b": True})
    print(response.json(), response.headers, response.is_client_error)
    response = client.post("json", json={"b": [1, 2]})
    print(response.text, response.is_client_error, response.is_server_error, response.headers)
    response = client.get("https://h/moved")
    print(response.status_code, response.read(), response.next_request)
    response = client.get("https://h/moved", follow_redirects=True)
    print(response.url, response.history)
    for url in ("ftp://x", "http://"):
        try:
            client.get(url)
        except httpx.UnsupportedProtocol as e:
            print(e)


async def main():
    async with httpx.AsyncClient(transport=transport, base_url="https://test") as client:
        answers = await asyncio.gather(*[client.get(f"/json?i={i}") for i in range(3)])
        print([answer.url.params["i"] for answer in answers])


asyncio.run(main())
params = httpx.QueryParams("a=1&b=2&a=3")
print(params, repr(params), params["a"], params.get_list("a"), params.multi_items(), len(params), "a" in params)
print(params.set("a", 9), params.add("c", None), params.remove("b"), params.merge({"z": 1.5}))
try:
    params["a"] = 1
except RuntimeError as e:
    print(e)
url = httpx.URL("https://us%20er:p@Ex.com:8443/a%20b/c?x=1&y=a b#f")
print(url, repr(url), url.host, url.port, url.userinfo, url.username, url.path, url.raw_path, url.query, url.fragment)
print(url.copy_with(path="/z", query=b"k=1"), url.copy_with(host="new", port=None), url.join("/q"), url.join("../x"))
print(url.copy_set_param("x", 2), url.copy_merge_params({"n": "v w"}), httpx.URL("http://h:80/").port, httpx.URL("http://h"))
print(httpx.Limits(max_connections=3), httpx.Request("GET", "http://x/?a=1", params={"b": 2}).url)
