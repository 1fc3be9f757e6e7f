"""What kind of content the name of a file says."""
from os import path as _path
from urllib.parse import urlsplit

inited = True
knownfiles = []
encodings_map = {".gz": "gzip", ".Z": "compress", ".bz2": "bzip2", ".xz": "xz", ".br": "br"}
suffix_map = {".svgz": ".svg.gz", ".tgz": ".tar.gz", ".taz": ".tar.gz", ".tz": ".tar.gz", ".tbz2": ".tar.bz2", ".txz": ".tar.xz"}
_TYPES = """
application/gzip gz
application/json json
application/manifest+json webmanifest
application/msword doc dot wiz
application/octet-stream bin a dll exe o obj so
application/pdf pdf
application/postscript ps ai eps
application/rtf rtf
application/vnd.ms-excel xls xlb
application/vnd.ms-powerpoint ppt pot ppa pps pwz
application/vnd.openxmlformats-officedocument.presentationml.presentation pptx
application/vnd.openxmlformats-officedocument.spreadsheetml.sheet xlsx
application/vnd.openxmlformats-officedocument.wordprocessingml.document docx
application/wasm wasm
application/x-csh csh
application/x-hdf5 h5
application/x-latex latex
application/x-pkcs12 p12 pfx
application/x-python-code pyc pyo
application/x-sh sh
application/x-shockwave-flash swf
application/x-sql sql
application/x-tar tar
application/x-tcl tcl
application/x-tex tex
application/xml xsl rdf wsdl xpdl
application/zip zip
audio/aac aac adts loas ass
audio/basic au snd
audio/mpeg mp3 mp2
audio/opus opus
audio/x-aiff aif aifc aiff
audio/x-wav wav
font/otf otf
font/ttf ttf
font/woff woff
font/woff2 woff2
image/avif avif
image/bmp bmp
image/gif gif
image/ief ief
image/jpeg jpg jpe jpeg
image/png png
image/svg+xml svg
image/tiff tiff tif
image/vnd.microsoft.icon ico
image/webp webp
image/x-portable-pixmap ppm
message/rfc822 eml mht mhtml nws
text/calendar ics
text/css css
text/csv csv
text/html html htm
text/javascript js mjs
text/markdown md markdown
text/plain txt bat c h ksh pl srt
text/richtext rtx
text/tab-separated-values tsv
text/vtt vtt
text/x-python py
text/x-vcard vcf
text/xml xml
video/mp4 mp4
video/mpeg mpeg m1v mpa mpe mpg
video/quicktime mov qt
video/webm webm
video/x-msvideo avi
video/x-sgi-movie movie
"""
types_map = {}
_extensions = {}
for _line in _TYPES.split("\n"):
    _kind, *_names = _line.split() or [""]
    for _name in _names:
        types_map["." + _name] = _kind
        _extensions.setdefault(_kind, []).append("." + _name)
common_types = {".jpg": "image/jpg", ".mid": "audio/midi", ".midi": "audio/midi", ".pct": "image/pict", ".xul": "text/xul"}


def init(files=None):
    pass


def guess_type(url, strict=True):
    """The type and the encoding of what has this name; None for what is not known."""
    url = str(url)
    parts = urlsplit(url)
    if parts.scheme and len(parts.scheme) > 1:
        url = parts.path
        if parts.scheme == "data":
            kind = url.partition(",")[0].partition(";")[0]
            return (kind if "/" in kind else "text/plain"), None
    base, ext = _path.splitext(url)
    while ext.lower() in suffix_map:
        base, ext = _path.splitext(base + suffix_map[ext.lower()])
    encoding = encodings_map.get(ext)
    if encoding is not None:
        base, ext = _path.splitext(base)
    found = types_map.get(ext.lower())
    if found is None and not strict:
        found = common_types.get(ext.lower())
    return found, encoding


def guess_all_extensions(type, strict=True):
    return list(_extensions.get(type.lower(), ()))


def guess_extension(type, strict=True):
    found = guess_all_extensions(type, strict)
    return found[0] if found else None


def add_type(type, ext, strict=True):
    types_map[ext] = type
    known = _extensions.setdefault(type, [])
    if ext not in known:
        known.append(ext)
