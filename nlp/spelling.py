"""One spelling of a word where English has two, and the singular where no rule gives it."""

import re
from typing import Final

# A British ending or stem, and the American one; "-isation" and "-ization" meet in both languages.
AMERICAN: Final = (
    (re.compile(r"(?<=[a-z]{3})is(?=(?:ational|ation|ed|er|ing)\Z)"), "iz"),
    (re.compile(r"(?<=[a-z]{2}l)ys(?=(?:ed?|er|ing)\Z)"), "yz"),
    (
        re.compile(
            r"\b(arm|behavi|cand|clam|col|endeav|fav|flav|harb|hon|hum|lab|neighb|od|parl|rum|sav|splend|tum|vap|vig)our"
        ),
        r"\1or",
    ),
    (re.compile(r"\b(calib|cent|fib|lust|manoeuv|lit|sab|spect|theat)re\Z"), r"\1er"),
    (re.compile(r"\b(cance|channe|fue|labe|leve|mode|pane|signa|spira|trave|tunne)ll(?=(?:ed|er|ing)\Z)"), r"\1l"),
    (re.compile(r"\b(ana|cata)logue\Z"), r"\1log"),
    (re.compile(r"\b(def|lic|off|pret)ence\Z"), r"\1ense"),
    (re.compile(r"\b(an|gyn|h|leuk|orthop|p)ae(?=[cdms])"), r"\1e"),
)
OTHERS: Final = {
    "aeroplane": "airplane",
    "aluminium": "aluminum",
    "artefact": "artifact",
    "cheque": "check",
    "grey": "gray",
    "instalment": "installment",
    "jewellery": "jewelry",
    "mould": "mold",
    "moulding": "molding",
    "plough": "plow",
    "programme": "program",
    "sceptic": "skeptic",
    "sulphur": "sulfur",
    "tyre": "tire",
}
SINGULARS: Final = {
    "analyses": "analysis",
    "axes": "axis",
    "baux": "bail",
    "coraux": "corail",
    "criteria": "criterion",
    "émaux": "émail",
    "indices": "index",
    "leaves": "leaf",
    "lives": "life",
    "matrices": "matrix",
    "soupiraux": "soupirail",
    "vantaux": "vantail",
    "vertices": "vertex",
    "vitraux": "vitrail",
}
# Folded words that are no plurals, or plurals that mean something else too.
FRENCH_OWN: Final = frozenset(
    {"abus", "assises", "bras", "chips", "ciseaux", "combles", "echecs", "fonds", "fonts"}
    | {"frais", "gages", "gens", "honoraires", "humanites", "jumelles", "laps", "legs", "lunettes", "mars", "menottes"}
    | {"obseques", "ordures", "paris", "pates", "pays", "pois", "repos", "semis", "temps", "toilettes", "vacances"}
    | {"velours", "vivres"}
)
ENGLISH_OWN: Final = frozenset(
    {"arms", "belongings", "clothes", "contents", "customs", "damages", "dues"}
    | {"earnings", "electronics", "glasses", "goods", "headquarters", "jeans", "manners", "mechanics", "media"}
    | {"minutes", "odds", "opera", "overalls", "pants", "premises", "proceedings", "proceeds", "remains"}
    | {"riches", "savings", "securities", "shorts", "slacks", "spectacles", "spirits"}
    | {"surroundings", "thanks", "tights", "tropics", "trousers", "valuables"}
)
NAMES: Final = frozenset({"ftps", "https", "ldaps", "pandas", "windows"})
FRENCH_TOO: Final = frozenset({"analyses", "axes", "indices", "matrices"})  # regular plurals there


def american(word: str) -> str:
    """Return a folded English word as Americans spell it."""
    for pattern, replacement in AMERICAN:
        word = pattern.sub(replacement, word)
    return OTHERS.get(word, word)


def is_own_form(word: str, *, is_french: bool) -> bool:
    """Say whether a folded word is no plural, or one that means something else: "temps", "goods", "Windows"."""
    return word in (FRENCH_OWN if is_french else ENGLISH_OWN) or word in NAMES


def irregular_singular(word: str, *, is_french: bool) -> str:
    """Return the singular of a word whose plural follows no rule, any other word as it is."""
    return word if is_french and word in FRENCH_TOO else SINGULARS.get(word, word)
