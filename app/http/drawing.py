"""What pictures in SVG are put together from."""

from html import escape
from typing import Final

from graph.model import Language

LETTER: Final = 6.9  # mean width at 13 pixels
NO_CHARACTERS: Final = str.maketrans("", "", "\ufffe\uffff")  # XML knows them not
PICTURE: Final = """<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-labelledby="title description"\
 lang="{language}" width="{width}" height="{height}" viewBox="0 0 {width} {height}">
<title id="title">{title}</title>
<desc id="description">{description}</desc>
<style>{style}</style>
{content}
</svg>
"""


def picture(
    *, language: Language, width: int, height: int, title: str, description: str, style: str, content: str
) -> str:
    """A picture that needs nothing else; the content is markup, the rest plain text."""
    return PICTURE.format(
        language=language,
        width=width,
        height=height,
        title=escaped(title),
        description=escaped(description),
        style=style,
        content=content,
    )


def text(x: float, y: float, words: str, style: str = "", *, anchor: str = "start") -> str:
    """A line of text."""
    return f'<text x="{x:.0f}" y="{y:.0f}" class="{style}" text-anchor="{anchor}">{escaped(words)}</text>'


def shortened(words: str, longest: int) -> str:
    """The words, or as much of them as fits in so many letters."""
    return words if len(words) <= longest else f"{words[: longest - 1].rstrip()}…"


def escaped(words: str) -> str:
    """Words as markup shows them."""
    return escape(words.translate(NO_CHARACTERS))
