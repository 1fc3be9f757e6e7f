"""Bodies that came compressed (`Content-Encoding`), as the clients of HTTP show them."""


def decoded(coding, body):
    """The body as it was before it was compressed; an unknown coding leaves it as it is."""
    import gzip
    import zlib

    for name in reversed([name.strip().lower() for name in (coding or "").split(",")]):
        if not body:
            break
        if name in ("gzip", "x-gzip"):
            body = gzip.decompress(body)
        elif name == "deflate":
            try:
                body = zlib.decompress(body)
            except zlib.error:
                # Some servers send it without the header of zlib.
                body = zlib.decompress(body, -15)
    return body
