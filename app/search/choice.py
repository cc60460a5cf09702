"""Choice: of all who have a score, whom to show of whom is there, in which order, and who is away."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal, Protocol, TypedDict

from app.search.answers import Absent
from app.search.availability import is_away
from app.search.evidence import Piece, held, pieces
from app.search.findings import Candidate, Findings
from graph.arrays import BoolArray
from graph.measures.certainty import Certainty, Match
from graph.measures.paths import Mode
from graph.measures.ranking import near_equal
from graph.model import Language, Person, Viewer

Sort = Literal["score", "reach"]

POOL: Final = 100  # as many of the best by score are put in order when something else decides, too
AS_GOOD: Final = 0.9  # of somebody's score: who has as much of it knows about as much


class Wishes(TypedDict, total=False):
    """What may be said about an answer."""

    community: str | None
    first: int
    limit: int
    mode: Mode
    sort: Sort
    exclude: Collection[str]
    spread: bool
    language: Language


@dataclass(frozen=True, slots=True)
class Request:
    """For whom, how much of it, and in which order."""

    viewer: Viewer
    asker: str | None
    community: str | None = None
    first: int = 0  # how many others were shown already
    limit: int = 10
    mode: Mode = "search"
    sort: Sort = "score"
    exclude: Collection[str] = ()  # public ids
    spread: bool = False
    language: Language = "en"  # of the answer

    @property
    def end(self) -> int:
        """How many people will have been shown."""
        return self.first + self.limit

    @property
    def pool(self) -> int:
        """How many are looked at: one more than will be shown, to know whether there are more."""
        return self.end + 1 if self.sort == "score" and not self.spread else POOL


class Load(Protocol):
    """The questions that somebody has."""

    @property
    def open(self) -> int: ...
    @property
    def recent(self) -> int: ...
    @property
    def is_full(self) -> bool: ...


class FindLoads(Protocol):
    """Tells what people have to answer, by number."""

    def __call__(self, people: Mapping[int, Person]) -> Mapping[int, Load]: ...


@dataclass(frozen=True, slots=True, eq=False)
class Named:
    """Somebody who may be shown, the posts that speak for them, and how sure that is."""

    candidate: Candidate
    person: Person
    is_there: bool
    pieces: Sequence[Piece]
    is_held: BoolArray  # which of the terms stand in these posts
    certainty: Certainty
    match: Match


def until_enough(
    known: Iterable[tuple[Candidate, Person]], *, today: date, enough: int
) -> Iterator[tuple[Candidate, Person, bool]]:
    """The first of these, each with whether they are there, up to the last one needed for so many to be."""
    there = 0
    for candidate, person in known:
        is_there = not is_away(person, today)
        yield candidate, person, is_there
        there += is_there
        if there == enough:
            return


def named(known: Sequence[tuple[Candidate, Person, bool]], found: Findings) -> list[Named]:
    """These people with what speaks for each."""
    evidence = pieces([candidate for candidate, *_ in known], found)
    people: list[Named] = []
    for (candidate, person, is_there), own, is_held in zip(known, evidence, held(evidence, found.terms), strict=True):
        sure = found.certainty(candidate, is_held)
        people.append(Named(candidate, person, is_there, own, is_held, sure, sure.match(found.setting)))
    return people


def absent_among(people: Sequence[Named], request: Request) -> Iterator[Absent]:
    """Who is away of those who know just what is asked and would stand, by their scores, among those shown."""
    place = 0
    for one in people:
        if one.is_there:
            place += 1
        elif request.first <= place < request.end and one.match == "direct" and one.person.away_until:
            yield Absent(one.person, one.candidate.score, one.person.away_until)


def spread(there: Sequence[Named], loads: Mapping[int, Load]) -> list[Named]:
    """The same people, but of some who know about as much first who has fewer questions to answer.

    Nobody passes somebody who is clearly better, nor who knows just what is asked where they know something near."""

    def burden(one: Named) -> tuple[bool, bool, int, int]:
        load = loads[one.candidate.number]
        return one.match == "near", load.is_full, load.open, load.recent

    stretches = near_equal([one.candidate.score for one in there], share=AS_GOOD)
    return [one for stretch in stretches for one in sorted(there[stretch], key=burden)]
