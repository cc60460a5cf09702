"""How fast texts become topics: posts a second on one core and in two processes, memory, and a yardstick beside them.

    python -m scripts.benchmark nlp [--json]

The posts are those of the demo company, cut and joined to 80 words each. Posts a second are counted in processor time
on one core, as anybody else on the machine slows a clock; in two processes by the clock. The yardstick is a blank spaCy
tokenizer on the same posts: ratios to it compare across machines.
"""

import json
import multiprocessing
import time
from collections.abc import Callable, Sequence
from itertools import cycle, islice
from typing import Any, Final

import psutil
import spacy

from nlp.extraction import TopicExtractor, load_extractor
from nlp.gazetteer import Gazetteer, seed_aliases
from nlp.model import Language, Text
from scripts.load_demo import files

POSTS: Final = 4_000
WORDS: Final = 80  # of a post
BATCH: Final = 500
LANGUAGES: Final[tuple[Language, ...]] = ("fr", "en")

Figures = dict[str, Any]

_TOOLS: Final[list[TopicExtractor]] = []  # the extractor of a process of the pool


def nlp_figures(count: int = POSTS) -> Figures:
    """All figures."""
    posts = posts_of_eighty_words(count)
    context = multiprocessing.get_context("spawn")
    with context.Pool(1) as pool:
        core = pool.apply(on_one_core, (posts,))
    with context.Pool(2, initializer=_load) as pool:
        half = len(posts) // 2
        pool.map(_extract, [posts[:BATCH], posts[:BATCH]], chunksize=1)  # both are awake
        alone = _timed(lambda: pool.map(_extract, [posts[:half]], chunksize=1))
        both = _timed(lambda: pool.map(_extract, [posts[:half], posts[half:]], chunksize=1))
    tokenizer = yardstick(posts)
    return {
        "posts_per_second": core["posts_per_second"],
        "resident_mb": core["resident_mb"],
        "two_processes_times": round(2 * alone / both, 2),
        "blank_tokenizer_posts_per_second": tokenizer,
        "share_of_blank_tokenizer": round(core["posts_per_second"] / tokenizer, 3),
    }


def on_one_core(posts: Sequence[Text]) -> Figures:
    """Posts a second of processor time with the bundled pipelines, and the memory that is taken at the end."""
    extractor = load_extractor(gazetteer=Gazetteer(seed_aliases()))
    extractor.extract(posts[:BATCH])
    started = time.process_time()
    for place in range(0, len(posts), BATCH):
        extractor.extract(posts[place : place + BATCH])
    seconds = time.process_time() - started
    memory = psutil.Process().memory_info().rss
    return {"posts_per_second": round(len(posts) / seconds), "resident_mb": round(memory / 1e6)}


def yardstick(posts: Sequence[Text]) -> int:
    """Posts a second that blank spaCy pipelines cut into words."""
    pipelines = {language: spacy.blank(language) for language in LANGUAGES}
    started = time.process_time()
    for post in posts:
        pipelines[post.language or "en"].make_doc(post.body)
    return round(len(posts) / (time.process_time() - started))


def posts_of_eighty_words(count: int) -> list[Text]:
    """The demo company's posts of each language, one behind the other, cut into posts of 80 words, in turns."""
    lines = [json.loads(line) for path in files("posts/*.jsonl") for line in path.read_text("utf-8").splitlines()]
    shares = []
    for language in LANGUAGES:
        words = " ".join(line["text"] for line in lines if line.get("lang") == language).split()
        pieces = [" ".join(words[place : place + WORDS]) for place in range(0, len(words) - WORDS, WORDS)]
        posts = [Text(piece, language=language) for piece in pieces]
        shares.append(islice(cycle(posts), count // len(LANGUAGES)))
    return [post for turn in zip(*shares, strict=True) for post in turn]


def _load() -> None:
    """Give a process of the pool its extractor."""
    _TOOLS.append(load_extractor(gazetteer=Gazetteer(seed_aliases())))


def _extract(posts: Sequence[Text]) -> int:
    """Return numbers only, so that nothing but extraction is measured."""
    batches = range(0, len(posts), BATCH)
    return sum(len(found.mentions) for at in batches for found in _TOOLS[0].extract(posts[at : at + BATCH]))


def _timed(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started
