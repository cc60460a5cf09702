"""How well texts become topics: scored on the gold set, by a service that has read the demo company and by a new one.

    python -m scripts.evaluate_topics                      the development half
    python -m scripts.evaluate_topics --errors 10          and what went wrong in it
    python -m scripts.evaluate_topics --half reporting --write    once, for a closing note; writes the READMEs' table

Each post counts the same within its language; the macro line is the mean of the two languages. A topic is returned
under its name, "Kubernetes" for "k8s"; as the gold set keeps the words of the posts, there is a second F1@5, of the
words as written.
"""

import argparse
import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass
from itertools import chain
from pathlib import Path
from statistics import mean
from tempfile import TemporaryDirectory
from typing import Any, Final

from rich.console import Console
from rich.table import Table

from app.bootstrap import Extractors, Services, running
from app.glossary import known_topics
from app.importers import jsonl
from app.loading import load
from app.settings import Settings
from app.topic_forms import answering
from nlp.extraction import key_of
from nlp.gazetteer import Gazetteer
from nlp.model import Extraction, Language, Text
from scripts.language_accuracy import language_accuracy, language_table
from scripts.load_demo import FILES, files
from scripts.refresh_readme import ROOT
from scripts.topics_gold import (
    GOLD,
    RETURNED,
    GoldPost,
    Score,
    SpellingPair,
    gold_posts,
    score_merges,
    score_topics,
    spelling_pairs,
)
from scripts.topics_table import WORDINGS, with_topics_table

TREEBANKS: Final = Path(__file__).parents[2] / "shared" / "data" / "ud"
NO_TREEBANKS: Final = (
    "How well languages are told apart is left out: it is judged on test sentences of Universal Dependencies, which do "
    "not come with the program. --treebanks names a folder that has them, as scripts/train_pipelines.py reads it."
)
LANGUAGES: Final[tuple[Language, ...]] = ("fr", "en")
VOCABULARIES: Final = ("demo", "none")


@dataclass(frozen=True, slots=True)
class Reading:
    """A post and the topics returned for it, strongest first: their names, and the words that the post has for them."""

    post: GoldPost
    names: Sequence[str]
    written: Sequence[str]

    @classmethod
    def of(cls, post: GoldPost, found: Extraction) -> "Reading":
        """What was found in the post."""
        written = [post.text[mention.start : mention.end] for mention in found.mentions]
        return cls(post, [mention.label for mention in found.mentions], written)

    @property
    def score(self) -> Score:
        """How the names score."""
        return score_topics(self.names, post=self.post)

    @property
    def score_as_written(self) -> Score:
        """How the words of the post score."""
        return score_topics(self.written, post=self.post)


@dataclass(frozen=True, slots=True)
class Judged:
    """What a service made of the gold set: each post read, the pairs and those of them that it merged, and by what."""

    readings: Sequence[Reading]
    pairs: Sequence[SpellingPair]
    merged: frozenset[str]
    pipelines: Sequence[str]


def main() -> None:
    """Score one half of the gold set, and the detection of languages on the treebanks' test sentences."""
    given = options()
    posts = gold_posts(given.gold, half=given.half)
    pairs = spelling_pairs(given.gold, half=given.half)
    judged: dict[str, Judged] = {}
    for vocabulary in given.vocabulary or VOCABULARIES:
        with service(vocabulary, tier=given.tier) as services:
            judged[vocabulary] = judge(services, posts, pairs)
    languages = language_accuracy(given.treebanks) if given.treebanks.is_dir() else None
    figures = {vocabulary: figures_of(found) for vocabulary, found in judged.items()}
    console = Console()
    console.print(topics_table(figures))
    console.print(language_table(languages) if languages else NO_TREEBANKS)
    if given.errors:
        show_errors(next(iter(judged.values())), most=given.errors, console=console)
    report = {"half": given.half, "vocabularies": figures, "language": languages}
    if given.write:
        write_readmes(report)
    if given.json:
        print(json.dumps(report, ensure_ascii=False))


def options(arguments: Sequence[str] | None = None) -> argparse.Namespace:
    """What the command line asks for; refuses to show what is in the reporting half."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--half", choices=("development", "reporting"), default="development")
    parser.add_argument(
        "--tier", help="lexical, bundled, or a spaCy package or path; as the environment says unless given"
    )
    parser.add_argument("--vocabulary", choices=VOCABULARIES, action="append", help="both unless given")
    parser.add_argument(
        "--errors", type=int, default=0, metavar="N", help="the N worst posts, and the pairs judged wrong"
    )
    parser.add_argument("--gold", type=Path, default=GOLD, metavar="DIR", help="posts.jsonl and spellings.jsonl")
    parser.add_argument(
        "--treebanks", type=Path, default=TREEBANKS, metavar="UD_FOLDER", help="where Universal Dependencies' files are"
    )
    parser.add_argument("--json", action="store_true", help="one JSON object on the last line")
    parser.add_argument("--write", action="store_true", help="write the figures into both READMEs")
    given = parser.parse_args(arguments)
    if given.write and (given.vocabulary or given.tier or not given.treebanks.is_dir()):
        parser.error("the READMEs show both vocabularies, the bundled pipelines and the treebanks: leave nothing out")
    if given.errors and given.half == "reporting":
        parser.error("the reporting half is for reporting: look at errors in the development half")
    return given


@contextmanager
def service(vocabulary: str, *, tier: str | None) -> Iterator[Services]:
    """A service that knows the demo company, or nothing but what comes with the program."""
    pipelines = {"nlp_fr": tier, "nlp_en": tier} if tier else {}
    with TemporaryDirectory(prefix="quisait-topics-") as folder:
        settings = Settings.model_validate({"data_dir": folder, "store": None, "log_level": "WARNING", **pipelines})
        with running(settings, reading=False) as services:
            if vocabulary == "demo" and load(services, jsonl.read, files(*FILES)):
                raise SystemExit("The demo company was not taken in whole: see the lines above.")
            yield services


def judge(services: Services, posts: Sequence[GoldPost], pairs: Sequence[SpellingPair]) -> Judged:
    """Let the service read the posts as it would new ones, and say which spellings it takes for one topic."""
    with closing(Extractors(services)) as extract:
        found = list(extract([Text(post.text) for post in posts]))
    return Judged(
        readings=[Reading.of(post, extraction) for post, extraction in zip(posts, found, strict=True)],
        pairs=pairs,
        merged=merged_by(services, pairs),
        pipelines=sorted({f"{extraction.tier} {extraction.version}" for extraction in found}),
    )


def merged_by(services: Services, pairs: Sequence[SpellingPair]) -> frozenset[str]:
    """The ids of the pairs whose spellings lead to one topic of the service: a known one, else one with that key."""
    gazetteer = Gazetteer(known_topics(services.store))
    keys = {text: key_of(text, gazetteer=gazetteer) for pair in pairs for text in (pair.a, pair.b)}
    known = services.store.write(lambda tx: tx.topics.by_forms({*keys.values()}))
    answers = answering(chain.from_iterable(known.values()))
    topics = {key: topic.merged_into or topic.id for key, topic in answers.items()}
    return frozenset(
        pair.id for pair in pairs if topics.get(keys[pair.a], keys[pair.a]) == topics.get(keys[pair.b], keys[pair.b])
    )


def figures_of(judged: Judged) -> dict[str, Any]:
    """Everything that may be told of either half."""
    figures = {language: figures_in(language, judged.readings) for language in LANGUAGES}
    macro = {name: round(mean(found[name] for found in figures.values()), 4) for name in figures["fr"]}
    return {
        "pipelines": judged.pipelines,
        **figures,
        "macro": macro,
        "gap": round(abs(figures["fr"]["f1"] - figures["en"]["f1"]), 4),
        "merges": rounded(score_merges(judged.pairs, merged=judged.merged)),
    }


def figures_in(language: Language, readings: Sequence[Reading]) -> dict[str, float]:
    """The means over the posts in one language."""
    mine = [reading for reading in readings if reading.post.language == language]
    as_written = mean(reading.score_as_written.f1 for reading in mine)
    return rounded(Score.mean([reading.score for reading in mine])) | {"f1_as_written": round(as_written, 4)}


def rounded(score: Score) -> dict[str, float]:
    """The three numbers with four decimals."""
    return {name: round(value, 4) for name, value in asdict(score).items()}


def topics_table(figures: Mapping[str, Mapping[str, Any]]) -> Table:
    """One block a vocabulary."""
    drawn = Table("vocabulary", "", "precision", "recall", f"F1@{RETURNED}", "as written")
    for vocabulary, found in figures.items():
        for name in (*LANGUAGES, "macro"):
            drawn.add_row(vocabulary if name == "fr" else "", name, *map(str, found[name].values()))
        drawn.add_row("", "fr/en gap", "", "", str(found["gap"]))
        drawn.add_row("", "merges", *map(str, found["merges"].values()), end_section=True)
    return drawn


def write_readmes(report: Mapping[str, Any]) -> None:
    """Put the figures into the table of both READMEs."""
    for name, wording in WORDINGS.items():
        readme = ROOT / name
        readme.write_text(with_topics_table(readme.read_text("utf-8"), wording, report), encoding="utf-8")


def show_errors(judged: Judged, *, most: int, console: Console) -> None:
    """Show the worst posts with their gold and their returned topics, and each pair that was judged wrong."""
    for reading in sorted(judged.readings, key=lambda reading: reading.score.f1)[:most]:
        console.print(f"\n{reading.post.id}  F1 {reading.score.f1:.2f}", style="bold", markup=False)
        console.print(f"  gold      {' · '.join(reading.post.topics)}", markup=False)
        console.print(f"  returned  {' · '.join(reading.names[:RETURNED])}", markup=False)
    console.print()
    for pair in judged.pairs:
        if pair.is_same != (pair.id in judged.merged):
            fault = "not merged" if pair.is_same else "merged"
            console.print(f"{pair.id}  {fault}: {pair.a.body} | {pair.b.body} ({pair.why})", markup=False)


if __name__ == "__main__":
    main()
