"""What interactions follow from posts and events: a view of the records, the same in whatever order they came.

Nobody is named to readers of one community by what stands in another: where two posts make an interaction, both lie in
the same community, or the one it reaches for lies in none.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from itertools import combinations
from typing import NamedTuple

from graph.identity import Identity
from graph.model import Event, Interaction, InteractionType, Post, Ref


class Deed(NamedTuple):
    """Who did what to whom, and when."""

    type: InteractionType
    source: Ref
    target: Ref
    at: datetime


def from_posts(posts: Iterable[Post], *, known: Mapping[str, Post], identity: Identity) -> Iterator[Interaction]:
    """A reply to the author of the post replied to, where it is known, and an address to everybody addressed."""
    for post in posts:
        parent = known.get(post.reply_to) if post.reply_to else None
        reached: list[tuple[InteractionType, Ref]] = [("address", person) for person in post.addressed]
        if parent and _is_open_to(parent, post):
            reached.append(("reply", parent.author))
        for kind, person in reached:
            if person != post.author:
                yield Interaction(
                    key=identity.interaction_key(post.id, kind, *post.author, *person),
                    origin=post.id,
                    type=kind,
                    source=post.author,
                    target=person,
                    at=post.created_at,
                    community=post.community,
                    post=post.id,
                )


def from_events(events: Iterable[Event], *, known: Mapping[str, Post], identity: Identity) -> Iterator[Interaction]:
    """One interaction for each deed of an event; none while a post it is about is unknown."""
    for event in events:
        about = known.get(event.post) if event.post else None
        if event.post and not about:
            continue
        for deed in _deeds(event, about, known):
            if deed.source != deed.target:
                own = () if deed.type == event.type else (deed.type,)
                yield Interaction(
                    key=identity.interaction_key(event.key, *own, *deed.source, *deed.target),
                    origin=event.key,
                    type=deed.type,
                    source=deed.source,
                    target=deed.target,
                    at=deed.at,
                    channel=event.channel,
                    community=about.community if about else event.community,
                    post=about.id if about else None,
                    minutes=event.minutes,
                )


def _deeds(event: Event, about: Post | None, known: Mapping[str, Post]) -> Iterator[Deed]:
    is_said_by_the_post = event.asking and about and event.target in about.addressed
    if not is_said_by_the_post:
        yield from (Deed(event.type, *pair, event.at) for pair in _pairs(event, about, known))
    if outcome := _outcome(event):
        yield outcome


def _outcome(event: Event) -> Deed | None:
    """Thanks where the asker was helped and says so, a referral where somebody was named instead."""
    asking, asker, asked = event.asking, event.actor, event.target
    if not (asking and asking.closed_at and asker and asked):
        return None
    if asking.redirected_to:
        return Deed("referral", asked, asking.redirected_to, asking.closed_at)
    is_thankful = asking.outcome == "helped" and asking.closed_by == "asker"
    return Deed("thanks", asker, asked, asking.closed_at) if is_thankful else None


def _pairs(event: Event, about: Post | None, known: Mapping[str, Post]) -> Iterable[tuple[Ref, Ref]]:
    if event.people:
        return combinations(event.people, 2)
    question = known.get(event.question) if event.question else None
    is_named = question is not None and about is not None and _is_open_to(question, about)
    source = event.actor or (question.author if question and is_named else None)
    target = event.target or (about.author if about else None)
    return [(source, target)] if source and target else []


def _is_open_to(other: Post, post: Post) -> bool:
    """Whether everybody who may read the post may read the other one."""
    return other.community in (None, post.community)
