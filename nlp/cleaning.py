"""Post → plain text: quotes, signatures, code, URLs and mark-up out, with the way back to the original characters."""

import html
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from nlp.model import Format, Text

Span = tuple[int, int]

# Every repetition is bounded or possessive, so that no text can make a pattern slow.
INVISIBLE: Final = re.compile(r"[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]+")
ENTITY: Final = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,30});")
TAG: Final = re.compile(
    r"<!--(?s:.*?)(?:-->|\Z)|<!?(?P<slash>/?)(?P<name>[a-zA-Z][a-zA-Z0-9]{0,20})(?=[\s/>])"
    r"(?:\"[^\"<>]{0,2000}+\"|'[^'<>]{0,2000}+'|[^<>\"']){0,200}+>"
)
UNREAD: Final = frozenset({"blockquote", "pre", "script", "style"})
CODE: Final = frozenset({"code", "kbd", "samp", "tt"})
INLINE: Final = CODE | {
    "a",
    "abbr",
    "b",
    "del",
    "em",
    "font",
    "i",
    "mark",
    "s",
    "small",
    "span",
    "strong",
    "sub",
    "sup",
    "u",
}
INLINE_CODE: Final = re.compile(r"(`{1,2})(?!`)([^`\n]{1,500}+)\1(?!`)")
FENCE: Final = re.compile(r"(`{3,20}+|^ {0,3}~{3,20}+)(?s:.*?)(?:\1|\Z)", re.MULTILINE)
QUOTE: Final = re.compile(r"^ {0,3}>[^\n]*+", re.MULTILINE)
FORWARD: Final = re.compile(
    r"^-{2,10} ?(?:Original Message|Forwarded message|Message d'origine|Message transféré)(?s:.*+)",
    re.MULTILINE | re.IGNORECASE,
)
ATTRIBUTION: Final = re.compile(r"^(?:On|Le) [^\n]{1,200}\n?[^\n]{0,100}(?:wrote|a écrit) ?:[ \t]{0,10}$", re.MULTILINE)
SIGNATURE: Final = re.compile(r"^-- ?(?:\n[^\n]*+){0,12}+\Z", re.MULTILINE)
HASHTAG: Final = re.compile(r"(?<![\w#&/])#(?=[^\W\d_])([\w-]{1,64}+)")
LINK_TARGET: Final = re.compile(r"\]\([^()\n]{0,500}+\)|^ {0,3}\[[^\]\n]{1,80}+\]:[^\n]{0,500}+", re.MULTILINE)
MARK_UP: Final = re.compile(
    r"^ {0,3}#{1,6} |[\[\]|]|[*~]{1,3}|(?<![^\W_])_{1,3}|_{1,3}(?![^\W_])|!(?=\[)", re.MULTILINE
)
EMPHASIS: Final = re.compile(r"(?<![\w*])(\*{1,2})(?=[^\s*])([^*\n]{2,80}+)(?<!\s)\1(?![\w*])")
# With each pattern the signs of which one has to stand in a text before it is worth looking; none: always. Those that
# begin with such a sign are found several times faster than those that look back first.
NOISE: Final = (
    (
        re.compile(
            r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff"  # control characters, halves of others
            r"\U0001f000-\U0001faff\u2190-\u21ff\u2300-\u23ff\u2500-\u27bf\u2b00-\u2bff\ufe0e\ufe0f\u20e3]"  # pictures
        ),
        (),
    ),
    (re.compile(r"(?:\b(?:https?|ftp|file|ssh|git)://|\bwww\.)[^\s<>\"]{1,2000}+"), ("://", "www.")),
    (re.compile(r"(?<![\w.+-])[\w.+-]{1,64}+@[\w-]{1,64}+(?:\.[\w-]{1,64}+){1,8}+"), ("@",)),
    (re.compile(r"@(?<![\w/.]@)\w[\w.-]{0,63}+"), ("@",)),
    (re.compile(r":(?<![\w:]:)[a-z][a-z0-9_+-]{1,40}+:(?![\w:])"), (":",)),
    (re.compile(r"[\W_](?<!\s)(?:[^\w\s]|_){3,}+"), ()),  # led by one class of characters, which is skipped to
    (re.compile(r"\S{120,}+"), ()),
)
UNREAD_LINES: Final = (
    (FENCE, ("```", "~~~")),
    (QUOTE, (">",)),
    (ATTRIBUTION, ("wrote", "écrit")),
    (FORWARD, ("--",)),
    (SIGNATURE, ("--",)),
)


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A clean text; `origins[i]` is where its character i stood (one more for its end).

    `entities` holds where an HTML entity that began at some place ended; `code` are the spans of inline code, which
    search reads and topics do not; `hashtags` are topics said to be ones, `emphasis` what stands between asterisks;
    `head` is the end of the title, else of the first line.
    """

    text: str
    origins: Sequence[int]
    entities: Mapping[int, int]
    code: tuple[Span, ...]
    hashtags: tuple[Span, ...]
    emphasis: tuple[Span, ...]
    head: int

    @property
    def prose(self) -> str:
        """The text with blanks in place of inline code."""
        return _blank(self.text, self.code)

    def origin(self, start: int, end: int) -> Span:
        """Return where a span of the clean text stood in the original."""
        last = self.origins[end - 1]
        return self.origins[start], self.entities.get(last, last + 1)


def clean(text: str, *, format: Format) -> Cleaned:  # noqa: A002 - the word of the model
    """Return the text that a person wrote for others to read; what is out leaves blanks, so words never join."""
    text, origins = _without(text, INVISIBLE)
    entities: dict[int, int] = {}
    if format == "html":
        entities = {origins[match.start()]: origins[match.end() - 1] + 1 for match in ENTITY.finditer(text)}
        text, origins, code = _read_html(text, origins)
    else:
        text, code = _read_lines(text)
    hashtags = [match.span(1) for match in HASHTAG.finditer(text)] if "#" in text else []
    if hashtags:
        text = HASHTAG.sub(lambda match: " " + match[1].replace("_", " ").replace("-", " "), text)
    emphasis = [match.span(2) for match in EMPHASIS.finditer(text)] if "*" in text else []
    if emphasis:
        text = EMPHASIS.sub(lambda match: match[0].replace("*", " "), text)
    if format == "markdown":
        text = MARK_UP.sub(_spaces, LINK_TARGET.sub(_spaces, text))
    text = _blanked(text, NOISE)
    left = tuple((start, end) for start, end in hashtags if not text[start:end].isspace())
    return Cleaned(text, origins, entities, tuple(code), left, tuple(emphasis), _end_of_first_line(text))


def clean_post(text: Text) -> Cleaned:
    """Return title and body cleaned, one line break between them; origins count `title + "\n" + body`."""
    body = clean(text.body, format=text.format)
    if text.title is None:
        return body
    title = clean(text.title, format="plain")
    shift, moved = len(title.text) + 1, len(text.title) + 1
    return Cleaned(
        f"{title.text}\n{body.text}",
        _joined(title.origins, body.origins, moved),
        {moved + start: moved + end for start, end in body.entities.items()},
        (*title.code, *_shifted(body.code, shift)),
        (*title.hashtags, *_shifted(body.hashtags, shift)),
        _shifted(body.emphasis, shift),
        len(title.text),
    )


def _joined(title: Sequence[int], body: Sequence[int], moved: int) -> Sequence[int]:
    if isinstance(title, range) and isinstance(body, range):  # nothing was left out of either
        return range(moved + len(body))
    return [*title, *(moved + origin for origin in body)]


def _read_lines(text: str) -> tuple[str, list[Span]]:
    """Blank fenced code, quoted replies and signatures of a plain or Markdown text, and find its inline code."""
    text = _blanked(text, UNREAD_LINES)
    code = [match.span(2) for match in INLINE_CODE.finditer(text)] if "`" in text else []
    return text.replace("`", " "), code


def _read_html(text: str, origins: Sequence[int]) -> tuple[str, Sequence[int], list[Span]]:
    """Drop tags and what stands in unread elements, and write entities as the characters they name."""
    parts: list[str] = []
    places: list[int] = []
    code: list[Span] = []
    opened: list[int] = []
    for piece, start, tag in _pieces(text):
        if tag in CODE:
            opened.append(len(places))
        elif tag.removeprefix("/") in CODE and opened:
            code.append((opened.pop(), len(places)))
        parts.append(piece)
        exact = text.startswith(piece, start)
        places.extend(origins[start : start + len(piece)] if exact else [origins[start]] * len(piece))
    return "".join(parts), [*places, origins[-1]], code


def _pieces(text: str) -> Iterator[tuple[str, int, str]]:
    """Yield what is read of an HTML text: (characters, where they began, the tag that stood there)."""
    position = unread = 0
    for match in TAG.finditer(text):
        name = (match["name"] or "").lower()
        tag = (match["slash"] or "") + name
        if not unread:
            yield from _unescaped(text, position, match.start())
            yield "" if name in INLINE else "\n", match.start(), tag
        if name in UNREAD:
            unread = max(0, unread + (-1 if match["slash"] else 1))
        position = match.end()
    if not unread:
        yield from _unescaped(text, position, len(text))


def _unescaped(text: str, start: int, end: int) -> Iterator[tuple[str, int, str]]:
    for match in ENTITY.finditer(text, start, end):
        yield text[start : match.start()], start, ""
        yield html.unescape(match.group()), match.start(), ""
        start = match.end()
    yield text[start:end], start, ""


def _without(text: str, pattern: re.Pattern[str]) -> tuple[str, Sequence[int]]:
    """Leave out what matches, which is never ASCII, and return the rest with its origins."""
    gaps = [] if text.isascii() else [match.span() for match in pattern.finditer(text)]
    if not gaps:
        return text, range(len(text) + 1)
    starts, ends = [0, *(end for _, end in gaps)], [*(start for start, _ in gaps), len(text)]
    kept = [range(start, end) for start, end in zip(starts, ends, strict=True)]
    origins = [place for stretch in kept for place in stretch]
    return "".join(text[part.start : part.stop] for part in kept), [*origins, len(text)]


def _blanked(text: str, patterns: Iterable[tuple[re.Pattern[str], tuple[str, ...]]]) -> str:
    """Blank whatever matches."""
    for pattern, signs in patterns:
        if not signs or any(map(text.__contains__, signs)):
            text = pattern.sub(_spaces, text)
    return text


def _spaces(match: re.Match[str]) -> str:
    """Return blanks as long as the match, its line breaks kept."""
    found = match.group()
    return "\n".join(" " * len(line) for line in found.split("\n")) if "\n" in found else " " * len(found)


def _blank(text: str, spans: Sequence[Span]) -> str:
    parts, position = [], 0
    for start, end in spans:
        parts += [text[position:start], " " * (end - start)]
        position = end
    return "".join([*parts, text[position:]])


def _shifted(spans: Sequence[Span], shift: int) -> tuple[Span, ...]:
    return tuple((start + shift, end + shift) for start, end in spans)


def _end_of_first_line(text: str) -> int:
    start = len(text) - len(text.lstrip())
    end = text.find("\n", start)
    return len(text) if end < 0 else end
