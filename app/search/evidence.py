"""Evidence: the posts behind an answer, chosen by what they gave, and shown as they are."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np

from app.search.answers import CommunityName, Evidence, Relation
from app.search.findings import Candidate, Findings
from graph.arrays import NONE, BoolArray, IntArray, first_of_each, order_of, places
from graph.measures.ranking import DECIMALS
from graph.measures.votes import Ballot
from graph.model import Post, StoredPost, Viewer
from graph.projection.views import Term
from graph.store import GraphStore

EVIDENCE: Final = 3  # posts shown for each person


@dataclass(frozen=True, slots=True)
class Piece:
    """A post on its way to being evidence."""

    place: int
    relation: Relation
    part: float


def pieces(candidates: Sequence[Candidate], found: Findings) -> list[list[Piece]]:
    """For each of these people the posts that gave them most votes; where few did, others of theirs that match best."""
    given = found.ballot.among(np.array([one.number for one in candidates], dtype=np.int64))
    place, person = _others(candidates, given)
    place, person = np.concatenate((given.post, place)), np.concatenate((given.person, person))
    part = np.append(given.parts(), np.zeros(place.size - given.post.size))
    keys = np.round(part, DECIMALS), np.round(found.fit.of(place), DECIMALS), found.view.column("at", place)
    order = order_of(found.view.column("id", place), *(-key for key in keys))
    shown: dict[int, list[Piece]] = {one.number: [] for one in candidates}
    for row in first_of_each(person, order, EVIDENCE).tolist():
        is_lent = row < given.post.size and given.is_endorsement[row]
        relation = "endorser" if is_lent else "author"
        shown[int(person[row])].append(Piece(int(place[row]), relation, float(part[row])))
    return list(shown.values())


def _others(candidates: Sequence[Candidate], given: Ballot) -> tuple[IntArray, IntArray]:
    """Where matching posts lie that gave nobody a vote, of those who have few votes, and whose they are."""
    votes = Counter(given.person.tolist())
    few = [one for one in candidates if votes[one.number] < EVIDENCE]
    place = np.concatenate([NONE, *(one.matching for one in few)])
    person = np.repeat(np.array([one.number for one in few], dtype=np.int64), [one.matching.size for one in few])
    is_other = places(place, given.post[~given.is_endorsement]) < 0
    return place[is_other], person[is_other]


def held(pieces: Sequence[Sequence[Piece]], terms: Sequence[Term]) -> Iterator[BoolArray]:
    """For each list of pieces, which of the terms stand in one of them."""
    shown = np.array([piece.place for own in pieces for piece in own], dtype=np.intp)
    is_in = np.array([places(shown, term.posts) >= 0 for term in terms])
    ends = np.cumsum([len(own) for own in pieces])
    return (np.logical_or.reduce(is_in[:, begin:end], axis=1) for begin, end in pairwise([0, *ends.tolist()]))


def exhibited(
    pieces: Sequence[Piece], found: Findings, *, store: GraphStore, viewer: Viewer, excerpt: Callable[[Post], str]
) -> dict[Piece, Evidence]:
    """The pieces as evidence, but for posts that were removed meanwhile."""
    place = np.array([piece.place for piece in pieces], dtype=np.intp)
    number, author = found.view.column("number", place), found.view.column("author", place)
    received = found.state.post_interactions.received(number, author)
    posts = store.posts.by_numbers(set(number.tolist()), viewer=viewer)
    return {
        piece: Evidence(
            post=post.id,
            relation=piece.relation,
            excerpt=excerpt(post),
            date=post.created_at,
            kind=post.kind or ("comment" if post.reply_to else "article"),
            community=_community(stored),
            url=post.url,
            is_accepted=bool(received.acceptances[row]),
            thanks=int(received.thanks[row]),
            part=piece.part,
        )
        for row, piece in enumerate(pieces)
        if (stored := posts.get(int(number[row]))) and (post := stored.post)
    }


def _community(stored: StoredPost) -> CommunityName | None:
    """The community of a post, where it has a name."""
    key, name = stored.post.community, stored.community_name
    return CommunityName(key, name) if key and name else None
