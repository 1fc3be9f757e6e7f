"""Escaping for HTML. `unescape` knows numbers and the names that pages use most, not all two thousand of HTML 5."""
import re

# The characters from U+00A0 to U+00FF; these were known before semicolons were asked for.
_LATIN = (
    "nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn sup2 sup3 acute micro "
    "para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest Agrave Aacute Acirc Atilde Auml Aring AElig Ccedil "
    "Egrave Eacute Ecirc Euml Igrave Iacute Icirc Iuml ETH Ntilde Ograve Oacute Ocirc Otilde Ouml times Oslash Ugrave "
    "Uacute Ucirc Uuml Yacute THORN szlig agrave aacute acirc atilde auml aring aelig ccedil egrave eacute ecirc euml "
    "igrave iacute icirc iuml eth ntilde ograve oacute ocirc otilde ouml divide oslash ugrave uacute ucirc uuml yacute "
    "thorn yuml"
).split()
_WITHOUT_SEMICOLON = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "AMP": "&", "LT": "<", "GT": ">", "QUOT": '"'}
_WITHOUT_SEMICOLON.update({name: chr(0xA0 + i) for i, name in enumerate(_LATIN)})
_NAMES = {
    "apos": "'", "trade": "™", "hellip": "…", "mdash": "—", "ndash": "–", "lsquo": "‘", "rsquo": "’", "ldquo": "“",
    "rdquo": "”", "sbquo": "‚", "bdquo": "„", "lsaquo": "‹", "rsaquo": "›", "bull": "•", "euro": "€", "dagger": "†",
    "permil": "‰", "prime": "′", "larr": "←", "uarr": "↑", "rarr": "→", "darr": "↓", "harr": "↔", "rArr": "⇒",
    "le": "≤", "ge": "≥", "ne": "≠", "asymp": "≈", "equiv": "≡", "infin": "∞", "sum": "∑", "prod": "∏", "radic": "√",
    "int": "∫", "part": "∂", "nabla": "∇", "isin": "∈", "empty": "∅", "and": "∧", "or": "∨", "cap": "∩", "cup": "∪",
    "forall": "∀", "exist": "∃", "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ε", "theta": "θ",
    "lambda": "λ", "mu": "μ", "pi": "π", "rho": "ρ", "sigma": "σ", "tau": "τ", "phi": "φ", "chi": "χ", "psi": "ψ",
    "omega": "ω", "Gamma": "Γ", "Delta": "Δ", "Theta": "Θ", "Lambda": "Λ", "Pi": "Π", "Sigma": "Σ", "Phi": "Φ",
    "Psi": "Ψ", "Omega": "Ω", "hearts": "♥", "spades": "♠", "clubs": "♣", "diams": "♦", "check": "✓", "star": "☆",
    "ensp": "\u2002", "emsp": "\u2003", "thinsp": "\u2009", "zwj": "\u200d", "zwnj": "\u200c", "OElig": "Œ",
    "oelig": "œ", "Scaron": "Š", "scaron": "š", "Yuml": "Ÿ", "fnof": "ƒ", "circ": "ˆ", "tilde": "˜",
}  # fmt: skip
_NAMES.update(_WITHOUT_SEMICOLON)
# What numbers from 128 to 159 are taken for: the characters of Windows.
_WINDOWS = "€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ"
_REFERENCE = re.compile(r"&(#[0-9]+;?|#[xX][0-9a-fA-F]+;?|[^\t\n\f <&#;]{1,32};?)")


def escape(s, quote=True):
    s = s.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    if quote:
        s = s.replace('"', "&quot;").replace("'", "&#x27;")
    return s


def _replace(match):
    text = match[1]
    if text[0] == "#":
        digits = text[1:].rstrip(";")
        code = int(digits[1:], 16) if digits[0] in "xX" else int(digits)
        if 0x80 <= code <= 0x9F:
            return _WINDOWS[code - 0x80]
        if code == 0 or 0xD800 <= code <= 0xDFFF or code > 0x10FFFF:
            return "\ufffd"
        if code < 32 and code not in (9, 10, 12, 13) or code == 127:
            return ""
        return chr(code)
    if text.endswith(";") and text[:-1] in _NAMES:
        return _NAMES[text[:-1]]
    for end in range(len(text), 1, -1):
        if text[:end] in _WITHOUT_SEMICOLON:
            return _WITHOUT_SEMICOLON[text[:end]] + text[end:]
    return "&" + text


def unescape(s):
    return _REFERENCE.sub(_replace, s) if "&" in s else s
