"""Evidence: the posts behind an answer, chosen by what they gave, and shown as they are."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np

from app.search.answers import CommunityName, Evidence, Relation
from app.search.findings import Candidate, Findings
from graph.arrays import NONE, BoolArray, places
from graph.measures.ranking import DECIMALS, best
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


def pieces(candidate: Candidate, found: Findings) -> list[Piece]:
    """The posts that gave somebody most votes; where few did, others of theirs that match best."""
    given = found.ballot.of(candidate.number)
    rest = NONE
    if given.post.size < EVIDENCE:
        rest = candidate.matching[places(candidate.matching, given.post[~given.is_endorsement]) < 0]
        rest = rest[best(found.fit.of(rest), EVIDENCE)]
    place = np.concatenate((given.post, rest))
    part = np.concatenate((given.parts(), np.zeros(rest.size)))
    is_lent = np.concatenate((given.is_endorsement, np.zeros(rest.size, dtype=np.bool_)))
    fit, at, ids = found.fit.of(place), found.view.column("at", place), found.view.column("id", place)
    order = np.lexsort((ids, -at, -np.round(fit, DECIMALS), -np.round(part, DECIMALS)))[:EVIDENCE]
    return [Piece(int(place[row]), "endorser" if is_lent[row] else "author", float(part[row])) for row in order]


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
