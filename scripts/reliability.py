"""How far an answer can be trusted: how often a sure first name is right, and what is said where nobody knows."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from scripts.archive import Row
from scripts.load_demo import rows

LEVELS: Final = ("high", "medium", "low")
SENTENCE_END: Final = re.compile(r"(?<=[.!?])\s")

Firsts = Mapping[str, tuple[Row, str] | None]  # question → the first item and whom the archive calls so; None: nobody


def reliability(firsts: Firsts, judgements: Mapping[str, Mapping[str, int]]) -> dict[str, Any]:
    """For each level how many of the judged questions get such a first name, and how many of these are right."""
    judged = {question: first for question, first in firsts.items() if question in judgements}
    figures: dict[str, Any] = {}
    for level in LEVELS:
        right = [
            judgements[question].get(first[1], 0) > 0
            for question, first in judged.items()
            if first and first[0]["confidence"] == level
        ]
        figures[f"{level}: share"] = round(len(right) / len(judged), 3)
        figures[f"{level}: right"] = round(sum(right) / len(right), 3) if right else None
    refused = sum(first is None or first[0]["match"] == "near" for first in judged.values())
    return {**figures, "refused": round(refused / len(judged), 3)}


def refusals(firsts: Sequence[Row | None]) -> dict[str, Any]:
    """Of questions from another field: how many get nobody, people near at most, and a high name."""
    asked = len(firsts)
    return {
        "questions": asked,
        "nobody": round(sum(first is None for first in firsts) / asked, 3),
        "nobody or near": round(sum(first is None or first["match"] == "near" for first in firsts) / asked, 3),
        "high": round(sum(first is not None and first["confidence"] == "high" for first in firsts) / asked, 3),
    }


def accepted() -> Iterator[tuple[str, dict[str, int]]]:
    """The demo's questions that have an accepted answer, by title or first sentence, each with who gave it."""
    people = {(row["source"], row["id"]): row["name"] for row in rows("people.jsonl")}
    posts = {(row["source"], row["id"]): row for row in rows("posts/*.jsonl")}
    for row in rows("interactions/*.jsonl"):
        if row["kind"] == "accept":
            question, answer = (posts[row["source"], row[key]] for key in ("question", "answer"))
            asked = question.get("title") or SENTENCE_END.split(question["text"])[0]
            yield asked, {people[answer["source"], answer["author"]]: 1}
