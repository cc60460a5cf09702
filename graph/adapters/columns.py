"""How values lie in columns and properties, in either store: times as microseconds, lists as JSON."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import Any, Final, overload

from graph.model import Account, Community, Exchange, Interaction, Member, Post, QuestionOutcome, Reader, Ref
from graph.webhooks import Notice, Receiver

EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND: Final = timedelta(microseconds=1)
TIMES_OF_RECEIVER: Final = ("created_at", "failing_since", "sent_at", "failed_at", "retry_at", "disabled_at")


@overload
def micros(at: datetime) -> int: ...
@overload
def micros(at: None) -> None: ...
def micros(at: datetime | None) -> int | None:
    """Microseconds since 1970 UTC, exactly."""
    return None if at is None else (at - EPOCH) // MICROSECOND


@overload
def moment(value: int) -> datetime: ...
@overload
def moment(value: None) -> None: ...
def moment(value: int | None) -> datetime | None:
    """The time in UTC that so many microseconds since 1970 are."""
    return None if value is None else EPOCH + value * MICROSECOND


def listed(values: Iterable[object]) -> str:
    """A list as JSON, to be stored, or handed to a query that reads it by `json_each`."""
    return json.dumps(list(values))


def texts(column: str) -> tuple[str, ...]:
    """The strings of a stored list."""
    return tuple(_list(column))


def _list(column: str) -> list[Any]:
    return [] if column == "[]" else json.loads(column)  # most are empty, and a parser takes ten times as long


def aliases(column: str) -> tuple[str, ...]:
    """The strings of stored lists by language, one language after the other."""
    return tuple(alias for aliases in json.loads(column).values() for alias in aliases)


def pair(values: Sequence[str]) -> tuple[str, str] | None:
    """The two strings of a stored pair; None where nothing was stored."""
    return (values[0], values[1]) if values else None


@lru_cache(maxsize=20_000)  # the same people are read again and again
def refs(column: str) -> tuple[Ref, ...]:
    """The refs of a stored list."""
    return tuple(Ref(*pair) for pair in _list(column))


def day(column: str | None) -> date | None:
    """The day of a stored text."""
    return date.fromisoformat(column) if column else None


def reader(column: str | None) -> Reader | None:
    """The reader of a stored text."""
    return None if column is None else Reader._make(column.split(" ", 1))


def post_of(row: Sequence[Any]) -> Post:
    """The post that has these columns."""
    public_id, source, key, author_source, author_key, community, at, edited_at, thread, reply_to, *rest = row
    kind, text_format, language, addressed, url, title, text = rest
    return Post(
        id=public_id,
        ref=Ref(source, key),
        author=Ref(author_source, author_key),
        community=community,
        text=text,
        created_at=moment(at),
        edited_at=moment(edited_at),
        thread=thread,
        reply_to=reply_to,
        kind=kind,
        title=title,
        format=text_format,
        language=language,
        addressed=refs(addressed),
        url=url,
    )


def interaction_of(row: Sequence[Any]) -> Interaction:
    """The interaction that has these columns."""
    key, origin, kind, source, source_key, target, target_key, at, channel, community, post, minutes = row
    return Interaction(
        key=key,
        origin=origin,
        type=kind,
        source=Ref(source, source_key),
        target=Ref(target, target_key),
        at=moment(at),
        channel=channel,
        community=community,
        post=post,
        minutes=minutes,
    )


def community_columns(number: int, community: Community) -> dict[str, object]:
    """What is stored of a community itself, without its members."""
    return {
        "number": number,
        "id": community.id,
        "source": community.ref.source,
        "key": community.ref.id,
        "name": community.name,
        "kind": community.kind,
        "visibility": community.visibility,
        "purpose": community.purpose,
        "charter": community.charter,
        "parent": community.parent,
        "is_archived": community.is_archived,
    }


def post_columns(post: Post, *, number: int, seq: int, job: str) -> dict[str, object]:
    """What is stored of a post itself, without its author and its community."""
    return {
        "number": number,
        "id": post.id,
        "seq": seq,
        "source": post.ref.source,
        "key": post.ref.id,
        "at": micros(post.created_at),
        "edited_at": micros(post.edited_at),
        "thread": post.thread,
        "reply_to": post.reply_to,
        "kind": post.kind,
        "format": post.format,
        "language": post.language,
        "addressed": listed(post.addressed),
        "url": post.url,
        "job": job,
        "title": post.title,
        "text": post.text,
    }


def account_columns(account: Account, *, seen: int | None) -> dict[str, object]:
    """What is stored of an account itself, without its ref, its person and their languages."""
    return {
        "is_pinned": account.is_pinned,
        "name": account.name,
        "email": account.email,
        "is_email_verified": account.is_email_verified,
        "department": account.department,
        "site": account.site,
        "level": account.level,
        "is_active": account.is_active,
        "is_bot": account.is_bot,
        "away_until": account.away_until and account.away_until.isoformat(),
        "most_questions": account.most_questions,
        "verified_email": account.email.lower() if account.email and account.is_email_verified else None,
        "seen": seen,
    }


def one_each(members: Iterable[Member]) -> tuple[Member, ...]:
    """Members by account, the last role of each."""
    by_account = {member.account: member for member in members}
    return tuple(by_account[account] for account in sorted(by_account))


def exchanges(rows: Iterable[Sequence[Any]]) -> dict[int, Exchange]:
    """What rows of person, side, outcome, number of questions and number of recent ones say of each person."""
    counts: dict[int, dict[str, dict[QuestionOutcome | None, int]]] = {}
    recent: dict[int, int] = {}
    for person, side, outcome, asked, lately in rows:
        counts.setdefault(person, {"given": {}, "received": {}})[side][outcome] = asked
        recent[person] = recent.get(person, 0) + lately
    return {
        person: Exchange(
            open=sides["given"].get(None, 0),
            recent=recent[person],
            given=_closed(sides["given"]),
            received=_closed(sides["received"]),
        )
        for person, sides in counts.items()
    }


def _closed(counts: Mapping[QuestionOutcome | None, int]) -> dict[QuestionOutcome, int]:
    return {outcome: count for outcome, count in counts.items() if outcome}


def receiver_columns(receiver: Receiver) -> dict[str, Any]:
    """The columns of a receiver, by name."""
    columns = asdict(receiver)
    del columns["waiting"]
    times = {name: micros(columns[name]) for name in TIMES_OF_RECEIVER}
    return {**columns, **times, "events": listed(receiver.events)}


def receiver_of(columns: Mapping[str, Any]) -> Receiver:
    """The receiver that has these columns, and as many notices waiting."""
    times = {name: moment(columns.get(name)) for name in TIMES_OF_RECEIVER}
    return Receiver(**{**columns, **times, "events": texts(columns["events"])})


def notice_of(row: Sequence[Any]) -> Notice:
    """The notice that has these columns."""
    public_id, receiver, kind, at, about, tell = row
    return Notice(public_id, receiver, kind, moment(at), about, texts(tell))
