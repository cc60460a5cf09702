"""What each part of ranking is worth: one import, many settings, the same questions, paired differences."""

import json
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import islice
from math import inf
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt
import pytrec_eval
from rich.console import Console
from rich.progress import track

from app.bootstrap import Services, running
from app.loading import load
from app.search.findings import Findings
from app.settings import Settings
from graph.measures.baselines import profile_bm25
from graph.measures.setting import RankingSetting
from graph.model import Ref
from scripts.archive import Archive

LIMIT: Final = 50
MEASURE: Final = "ndcg_cut_10"
SAMPLES: Final = 10_000
SETTING: Final = RankingSetting()
VARIANTS: Final[Mapping[str, RankingSetting]] = {
    "the setting": SETTING,
    "plain sum of scores": replace(SETTING, vote_power=1),
    "no ageing": replace(SETTING, half_life_posts=inf, half_life_days=inf),
    "rarity over posts": replace(SETTING, rarity_over="posts"),
    "no conversations": replace(SETTING, conversation_trust=0.0),
    "no activity norm": replace(SETTING, silent_posts=1e15),
    "no endorsement": replace(SETTING, endorsement=0.0),
    "no profile factor": replace(SETTING, profile_power=0.0),
    "no first line": replace(SETTING, first_line=0.0),
    "everyday words in full": SETTING,  # questions are read as if each word told as much as any other …
    "no topics": SETTING,  # … and as words alone
}
BASELINES: Final = ("profile BM25", "activity")

Scores = npt.NDArray[np.float64]  # of each question


@dataclass(frozen=True, slots=True)
class Collection:
    """An archive in a store, and who its public ids are."""

    archive: Archive
    services: Services
    people: Mapping[str, str]

    def ranked(self, question: str, name: str) -> list[str]:
        """Whom that variant or baseline names, best first."""
        found = self._found(question, name)
        if found is None:
            return []
        if name in BASELINES:
            return self._by_baseline(found, name)
        chosen = islice(found.candidates(), LIMIT)
        return [self.people[found.state.people.id(one.number)] for one in chosen]

    def _found(self, question: str, name: str) -> Findings | None:
        search, state = self.services.expert_search, self.services.projection.state
        readable = self.services.store.communities.readable_by(None)
        view, wanted = state.view(readable), search.reader.read(question, state.sameness(readable))
        if name == "no topics":
            wanted = [replace(one, topics=()) for one in wanted if one.stems]
        if name == "everyday words in full":
            wanted = [replace(one, telling=1.0) if one.stems else one for one in wanted]
        setting = VARIANTS.get(name, SETTING)
        return Findings.of(wanted, state=state, view=view, within=None, setting=setting) if wanted else None

    def _by_baseline(self, found: Findings, name: str) -> list[str]:
        view = found.view
        scores = view.posts_by.astype(np.float64)
        if name == "profile BM25":
            scores = np.zeros(view.posts_by.size)
            for term, rarity in zip(found.terms, found.fit.rarities, strict=True):
                mean = view.words / view.people
                scores[term.people] += rarity * profile_bm25(
                    term.people_count, view.words_by[term.people], mean_words=mean
                )
        best = np.argsort(-scores, kind="stable")[:LIMIT]
        return [self.people[found.state.people.id(number)] for number in best if scores[number] > 0]


@contextmanager
def imported(archive: Archive) -> Iterator[Collection]:
    """The archive in a store of its own, for as long as the block lasts."""
    with (
        tempfile.TemporaryDirectory(prefix="quisait-ablation-") as folder,
        running(Settings(data_dir=Path(folder)), reading=False) as services,
    ):
        load(services, lambda _: (json.dumps(row).encode() for row in archive.records()), [archive.folder])
        services.projection.catch_up()
        services.projection.compact(beyond=0)
        ids = (row["id"] for row in archive.rows("people.jsonl"))
        people = {services.identity.public_id("person", Ref(archive.source, key)): key for key in ids}
        yield Collection(archive, services, people)


def ablate(archive: Archive, *, console: Console) -> dict[str, tuple[float, float, float]]:
    """For the setting its nDCG@10; for each variant and baseline the difference to it, and its 95 % interval."""
    names = [*VARIANTS, *BASELINES]
    with imported(archive) as collection:
        scores = {name: _scores(collection, name) for name in track(names, "leaving out", console=console)}
    whole = scores.pop("the setting")
    mean = float(whole.mean())
    return {"the setting": (mean, mean, mean), **{name: paired(found - whole) for name, found in scores.items()}}


def paired(differences: Scores) -> tuple[float, float, float]:
    """The mean difference, and the interval that holds 95 % of the means of samples drawn again from the questions."""
    random = np.random.default_rng(1)
    drawn = random.integers(0, differences.size, (SAMPLES, differences.size))
    low, high = np.percentile(differences[drawn].mean(axis=1), (2.5, 97.5))
    return float(differences.mean()), float(low), float(high)


def _scores(collection: Collection, name: str) -> Scores:
    archive = collection.archive
    judged = archive.judgements()
    run = {
        question["id"]: {
            person: float(-rank)
            for rank, person in enumerate(collection.ranked(question["text"], name))
            if person not in archive.excluded(question)
        }
        for question in archive.rows("queries.jsonl")
    }
    results = pytrec_eval.RelevanceEvaluator(judged, {MEASURE}).evaluate(run)
    return np.array([results.get(question, {}).get(MEASURE, 0.0) for question in run if question in judged])


def markdown(names: Sequence[str], found: Sequence[Mapping[str, tuple[float, float, float]]]) -> str:
    """The table as a page shows it: one column an archive."""
    lines = [f"| nDCG@10 | {' | '.join(names)} |", f"|---|{'---:|' * len(names)}"]
    for row in found[0]:
        cells = [_cell(row, *column[row]) for column in found]
        lines.append(f"| {row} | {' | '.join(cells)} |")
    return "\n".join(lines)


def _cell(row: str, mean: float, low: float, high: float) -> str:
    if row == "the setting":
        return f"**{mean:.3f}**"
    return f"{mean:+.3f} [{low:+.3f}, {high:+.3f}]"
