"""Names of institutions, bodies and people in a form in which they can be compared."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from functools import lru_cache

_WORD = re.compile(r"[a-z0-9]+")
_FOLD = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "é": "e", "è": "e", "á": "a",
                       "à": "a", "ç": "c", "ğ": "g", "ı": "i", "ş": "s", "ć": "c", "č": "c",
                       "ł": "l", "ñ": "n", "ó": "o", "ž": "z", "š": "s", "ø": "oe", "å": "a",
                       "’": "", "'": "", ".": " ", "-": " "})  # fmt: skip
_LEGAL = re.compile(
    r"\b(e\.?\s?v|g?gmbh|mbh|e\.?\s?g|ag|kg|ohg|gbr|kd[oö]r|ug)"
    r"(?=\W|$)\.?",
    re.IGNORECASE,
)
_SHORT = {
    "vhs": "volkshochschule", "awo": "arbeiterwohlfahrt", "drk": "deutsches rotes kreuz",
    "brk": "bayerisches rotes kreuz", "kv": "kreisverband", "ov": "ortsverband",
    "ihk": "industrie handelskammer", "hwk": "handwerkskammer", "jc": "jobcenter",
    "skf": "sozialdienst katholischer frauen", "skm": "sozialdienst katholischer maenner",
    "mgh": "mehrgenerationenhaus", "kita": "kindertagesstaette", "gs": "grundschule",
    "ms": "mittelschule", "rs": "realschule", "gym": "gymnasium", "lra": "landratsamt",
    "diak": "diakonie", "kath": "katholisch", "katholische": "katholisch",
    "katholischer": "katholisch", "katholisches": "katholisch", "ev": "evangelisch",
    "evang": "evangelisch", "evangelische": "evangelisch", "evangelischer": "evangelisch",
    "evangelisches": "evangelisch", "st": "sankt", "thw": "technisches hilfswerk",
    "ejf": "evangelisches jugend fuersorgewerk", "dgb": "deutscher gewerkschaftsbund",
    "asb": "arbeiter samariter bund", "mbe": "migrationsberatung erwachsene",
    "jmd": "jugendmigrationsdienst", "ba": "agentur arbeit", "agt": "agentur",
    "ag": "arbeitsgruppe", "ak": "arbeitskreis", "stg": "steuerungsgruppe",
    "lenkungsgruppe": "steuerungsgruppe", "fr": "fachrunde", "beirat": "beirat",
}  # fmt: skip
_WEAK = frozenset(
    "der die das des dem den fuer in im und am an zu zur zum von vom bei stadt the of".split()  # noqa: SIM905 -- a sentence is easier to read
)
_ADDRESS = re.compile(r"^\s*((herrn?|frau|fr|hr|mr|mrs|ms|divers)\.?\s+)+", re.IGNORECASE)
_DEGREES = frozenset(
    "dr prof med phil dipl ing soz paed mag ba ma msc bsc herr herrn frau pfr pfarrer".split()  # noqa: SIM905 -- as above
)
FREE_MAIL = frozenset(
    {"gmx.de", "gmx.net", "web.de", "gmail.com", "googlemail.com", "t-online.de", "outlook.de",
     "outlook.com", "hotmail.com", "hotmail.de", "yahoo.de", "yahoo.com", "freenet.de", "posteo.de",
     "mailbox.org", "icloud.com", "aol.com", "arcor.de", "live.de"}
)  # fmt: skip


def folded(text: str) -> str:
    """Lower case, without accents, hyphens and points."""
    return " ".join(text.casefold().translate(_FOLD).split())


@lru_cache(maxsize=50_000)
def institution_words(title: str) -> tuple[str, ...]:
    """The words of an institution's or body's name: long forms, without what distinguishes nothing.

    “VHS Musterstadt e.V.” and “Volkshochschule Musterstadt” have the same ones.
    """
    bare = _LEGAL.sub(" ", title) if not title.casefold().startswith("ag ") else title
    found: list[str] = []
    for word in _WORD.findall(folded(bare)):
        if word not in _WEAK:
            found.extend(_SHORT.get(word, word).split())
    return tuple(sorted(set(found))) or tuple(_WORD.findall(folded(title)))


def institution_key(title: str) -> str:
    return " ".join(institution_words(title)) or folded(title)


def are_alike(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether two names may mean the same: the same words, one within the other, or mistyped."""
    mine, theirs = set(one), set(other)
    if _numbers(mine) != _numbers(theirs):
        return False  # “AG 1” is not “AG 2”
    shared, fewer = len(mine & theirs), min(len(mine), len(theirs))
    if fewer and (shared >= 0.6 * len(mine | theirs) or (shared == fewer and fewer >= 2)):
        return True
    a, b = " ".join(one), " ".join(other)
    if abs(len(a) - len(b)) > 0.3 * max(len(a), len(b)):
        return False
    matcher = SequenceMatcher(None, a, b, autojunk=False)
    return matcher.quick_ratio() >= 0.9 and matcher.ratio() >= 0.9


def _numbers(words: set[str]) -> set[str]:
    return {word for word in words if word.isdigit()}


def without_address(name: str) -> str:
    """“Frau Dr. Anna Beispiel” → “Dr. Anna Beispiel”."""
    return _ADDRESS.sub("", name).strip()


def in_order(name: str) -> str:
    """“Beispiel, Anna” → “Anna Beispiel”; the form of address goes, degrees stay."""
    name = " ".join(without_address(name).split())
    last, comma, first = name.partition(",")
    if comma and first.strip() and "," not in first:
        name = f"{without_address(first).strip()} {last.strip()}"
    return name


@lru_cache(maxsize=50_000)
def person_words(name: str) -> tuple[str, ...]:
    """The words of somebody's name in any order, without degrees."""
    return tuple(sorted(w for w in _WORD.findall(folded(name)) if w not in _DEGREES))


def person_key(name: str) -> str:
    return " ".join(person_words(name)) or folded(name)


def are_alike_people(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether two names may be one person's: a second first name, an initial, a letter mistyped."""
    mine, theirs = set(one), set(other)
    fewer = min(len(mine), len(theirs))
    if fewer >= 2 and (mine <= theirs or theirs <= mine):
        return True
    if len(one) != len(other) or not mine & theirs:
        return False
    rest, others = sorted(mine - theirs), sorted(theirs - mine)
    return len(rest) == len(others) == 1 and _nearly(rest[0], others[0])


def _nearly(a: str, b: str) -> bool:
    if a[0] == b[0] and 1 in (len(a), len(b)):
        return True
    if min(len(a), len(b)) < 4 or abs(len(a) - len(b)) > 2:
        return False
    return SequenceMatcher(None, a, b, autojunk=False).ratio() >= 0.8


def domain_of(mail: str) -> str:
    """Where an address is at home, unless anybody can have one there."""
    domain = mail.rpartition("@")[2].casefold()
    return "" if domain in FREE_MAIL else domain
