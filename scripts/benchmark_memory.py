"""Whether a process that finds topics grows: its resident memory over a million short posts, none like another.

    python -m scripts.benchmark memory [--posts 200000]

The posts are the demo company's words cut into posts of 15, with three words in each that nobody has ever written: an
identifier, a name and a number, as they never end in a real organisation. They are read 32 at a time, as the service
does. The slope is that of the second half, when caches are full: megabytes for each 100,000 posts.
"""

import itertools
import random
from collections.abc import Iterator
from itertools import islice
from typing import Any, Final

import psutil

from app.processes import apart
from nlp.extraction import load_extractor
from nlp.gazetteer import Gazetteer, seed_aliases
from nlp.model import Text
from scripts.benchmark_nlp import posts_of_eighty_words

POSTS: Final = 1_000_000
WORDS: Final = 15
BATCH: Final = 32
SAMPLES: Final = 20
MEGABYTE: Final = 1_000_000
SYLLABLES: Final = ("ba", "dor", "fi", "gan", "lu", "mek", "no", "pri", "sta", "tu", "vel", "zo")

Figures = dict[str, Any]


def memory_figures(posts: int = POSTS) -> Figures:
    """Resident megabytes after so many posts, and the slope of the second half."""
    curve = apart(grow, posts)
    half, end = curve[len(curve) // 2], curve[-1]
    slope = (end[1] - half[1]) / (end[0] - half[0]) * 100_000
    return {f"after {read:,} posts": megabytes for read, megabytes in curve} | {"slope": round(slope, 2)}


def grow(posts: int) -> list[tuple[int, float]]:
    """Find the topics of so many posts in this process: (posts read, resident megabytes), from before the first on."""
    extractor = load_extractor(gazetteer=Gazetteer(seed_aliases()))
    process, waiting, curve = psutil.Process(), short_posts(), []
    step = max(BATCH, posts // SAMPLES)
    for read in range(0, posts + 1, BATCH):
        if read % step < BATCH:
            curve.append((read, round(process.memory_info().rss / MEGABYTE, 1)))
        extractor.extract(list(islice(waiting, BATCH)))
    return curve


def short_posts() -> Iterator[Text]:
    """Short posts without end."""
    drawn = random.Random(1)
    for number, post in enumerate(itertools.cycle(posts_of_eighty_words(2_000))):
        words = drawn.sample(post.body.split(), WORDS)
        unheard = (f"{_word(drawn)}_{number}", _word(drawn).capitalize() + _word(drawn), f"{_word(drawn)}{number}")
        yield Text(" ".join((*words[:5], unheard[0], *words[5:10], unheard[1], *words[10:], unheard[2])))


def _word(drawn: random.Random) -> str:
    return "".join(drawn.choices(SYLLABLES, k=4))
