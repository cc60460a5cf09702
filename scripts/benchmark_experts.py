"""How fast people are found for questions of any length, with the full-text search of SQLite beside them."""

import re
import sqlite3
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any, Final, LiteralString

import numpy as np

from app.bootstrap import Services
from app.search.answers import Answer
from graph.model import Viewer
from graph.store import Feed
from scripts.synthetic import Organisation, Question

Figures = dict[str, Any]

LENGTHS: Final = (3, 10, 30, 100)  # words of a question
QUESTIONS: Final = 300
WARM_UP: Final = 30
PEER_QUESTIONS: Final = 60
WINDOW: Final = 10_000

# Begins what ends when all posts are in, so that no index is kept half filled.
TABLES: Final[LiteralString] = """
BEGIN;
CREATE VIRTUAL TABLE post USING fts5(text, content='');
CREATE TABLE author (post INTEGER PRIMARY KEY, person INTEGER NOT NULL);
"""
ADD_TEXT: Final[LiteralString] = "INSERT INTO post (rowid, text) VALUES (?, ?)"
ADD_AUTHOR: Final[LiteralString] = "INSERT INTO author VALUES (?, ?)"
WHO_KNOWS: Final[LiteralString] = """
SELECT person, sum(-fit) AS score
FROM (SELECT rowid, rank AS fit FROM post WHERE post MATCH ? ORDER BY rank LIMIT 2000) JOIN author ON post = rowid
GROUP BY person ORDER BY score DESC LIMIT 10
"""


def experts_figures(services: Services, organisation: Organisation, viewers: dict[str, frozenset[int]]) -> Figures:
    """Milliseconds in process, with evidence and ten paths: with topics by what may be seen, once without an asker
    and so without paths, then by length."""
    found: Figures = {}
    asking = WARM_UP + QUESTIONS
    questions = organisation.questions(2 * asking)
    for name, communities in viewers.items():
        found[f"3 topics and 4 words, {name}"] = asked(services, questions[:asking], Viewer(None, communities))
    everything = Viewer(None, next(iter(viewers.values())))
    by_nobody = [replace(one, asker=None) for one in questions[asking:]]
    found["3 topics and 4 words, no asker"] = asked(services, by_nobody, everything)
    for words in LENGTHS:
        questions = organisation.questions(asking, words=words)
        alone = [Question((), one.words, one.asker) for one in questions]
        found[f"{words} words"] = asked(services, alone, everything)
    return found


def asked(services: Services, questions: Sequence[Question], viewer: Viewer) -> Figures:
    """Ask them one after the other; how many people are named for each, and how many of them can be reached."""
    answers: list[Answer] = []
    find = services.expert_search.find
    figures = timed(
        lambda one: answers.append(find(one.words, topics=one.topics, viewer=viewer, asker=one.asker)), questions
    )
    experts = [expert for answer in answers[WARM_UP:] for expert in answer.experts]
    return figures | {
        "experts": round(len(experts) / (len(answers) - WARM_UP), 1),
        "reached": round(sum(expert.reach is not None for expert in experts) / max(len(experts), 1), 3),
    }


def beside_full_text(services: Services, organisation: Organisation, path: Path) -> Figures:
    """The best 2,000 posts by BM25, summed by author, on disk: without mask, age, endorsement, evidence and path."""
    found: Figures = {}
    with closing(sqlite3.connect(path)) as connection:
        if not connection.execute("SELECT 1 FROM sqlite_master").fetchone():
            found["FTS5, index"] = {"seconds": round(_filled(connection, services.store.feed), 1)}
        for words in LENGTHS:
            questions = organisation.questions(PEER_QUESTIONS + WARM_UP, words=words)
            found[f"FTS5, {words} words"] = timed(
                lambda question: connection.execute(WHO_KNOWS, (_any_of(question.words),)).fetchall(), questions
            )
    return found


def timed(ask: Callable[[Question], object], questions: Sequence[Question]) -> Figures:
    """Percentiles of the milliseconds that each takes, without the first ones."""
    times = []
    for question in questions:
        started = time.perf_counter()
        ask(question)
        times.append((time.perf_counter() - started) * 1000)
    p50, p95, p99 = np.percentile(times[WARM_UP:], (50, 95, 99))
    return {"p50_ms": round(float(p50), 2), "p95_ms": round(float(p95), 2), "p99_ms": round(float(p99), 2)}


def _filled(connection: sqlite3.Connection, feed: Feed) -> float:
    """Index all posts; the seconds it took."""
    started = time.perf_counter()
    connection.executescript(TABLES)
    for rows in _posts(feed):
        connection.executemany(ADD_TEXT, [(number, text) for number, _, text in rows])
        connection.executemany(ADD_AUTHOR, [(number, author) for number, author, _ in rows])
    connection.commit()
    return time.perf_counter() - started


def _posts(feed: Feed) -> Iterator[list[tuple[int, int, str]]]:
    """Number, author and text of all posts."""
    head = feed.head()
    for after in range(0, head, WINDOW):
        posts = feed.changes(after=after, upto=min(after + WINDOW, head)).posts
        yield [(post.number, post.author, f"{post.title or ''} {post.text}") for post in posts]


def _any_of(words: str) -> str:
    return " OR ".join(f'"{word}"' for word in re.findall(r"\w+", words))
