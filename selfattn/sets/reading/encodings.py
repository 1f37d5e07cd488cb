"""Encodings that a file may be written in instead of UTF-8: asked for, since every one of them makes letters of it."""

import unicodedata
from collections.abc import Sequence
from itertools import pairwise

UTF_8 = "utf-8"
ENCODINGS = {  # what it is called, and by Python
    "Windows-1251 (Cyrillic)": "cp1251",
    "KOI8-R (Cyrillic)": "koi8_r",
    "Windows-1252 (Latin-1)": "cp1252",
    "Windows-1250 (Central Europe)": "cp1250",
    "Windows-1254 (Turkish)": "cp1254",
    "Windows-1253 (Greek)": "cp1253",
    "Windows-1255 (Hebrew)": "cp1255",
    "Windows-1256 (Arabic)": "cp1256",
    "Windows-1258 (Vietnamese)": "cp1258",
    "GBK": "gb18030",
    "Big5": "big5",
    "Shift-JIS": "cp932",
    "EUC-JP": "euc_jp",
    "EUC-KR": "cp949",
}


def readings(words: Sequence[bytes]) -> dict[str, str]:
    """Show what words would be in each encoding that makes nothing but letters of them, the least strange first.

    >>> list(readings(["Börse".encode("cp1252")]).items())[0]
    ('Windows-1252 (Latin-1)', 'Börse')
    """
    found = {}
    for name, encoding in ENCODINGS.items():
        try:
            texts = [word.decode(encoding) for word in words]
        except UnicodeDecodeError:
            continue
        if all(unicodedata.category(sign)[0] in "LM" for text in texts for sign in text if not sign.isascii()):
            found[name] = " ".join(texts)
    return dict(sorted(found.items(), key=lambda item: _strangeness(item[1])))


def _strangeness(text: str) -> int:
    """Count the scripts of the letters, and capitals that follow small letters."""
    scripts = {unicodedata.name(sign, "").split(" ")[0] for sign in text if sign.isalpha()}
    return len(scripts) + sum(one.islower() and other.isupper() for one, other in pairwise(text))
