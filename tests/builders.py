"""Values with readable defaults, for tests to say only what matters."""

from datetime import UTC, datetime, timedelta
from typing import Any

from graph.model import (
    Account,
    ApiKey,
    Asking,
    Community,
    Event,
    Indexing,
    Interaction,
    Job,
    Member,
    Mention,
    Person,
    Post,
    Reader,
    Ref,
    Role,
    Topic,
    Viewer,
)
from graph.store import GraphStore, Transaction
from graph.webhooks import Notice, Receiver

NOON = datetime(2026, 1, 5, 12, 0, 0, 123457, tzinfo=UTC)
READER = Reader("bundled", "tiny 1")


def ref(key: str, *, source: str = "chat") -> Ref:
    """What the source `chat` calls a thing."""
    return Ref(source, key)


def later(days: float, *, than: datetime = NOON) -> datetime:
    """A time so many days after noon of the first day."""
    return than + timedelta(days=days)


def an_account(key: str = "ana", *, source: str = "chat", **fields: Any) -> Account:
    """The account `ana` of the person `per_ana`, called Ana."""
    return Account(**{"ref": Ref(source, key), "person": f"per_{key}", "name": key.capitalize(), **fields})


def a_placeholder(key: str = "ana", **fields: Any) -> Account:
    """An account of which only the id is known yet."""
    return an_account(key, **{"name": None, **fields})


def a_person(key: str = "ana", *, number: int = 1, **fields: Any) -> Person:
    """The person that the account of this key makes."""
    unsaid = {
        "department": None,
        "site": None,
        "level": None,
        "languages": (),
        "away_until": None,
        "most_questions": None,
    }
    said = {"id": f"per_{key}", "number": number, "name": key.capitalize(), "accounts": (ref(key),)}
    return Person(**{**unsaid, "is_active": True, "is_bot": False, **said, **fields})


def a_community(key: str = "tech", *, members: dict[str, Role] | None = None, **fields: Any) -> Community:
    """The public community `com_tech`, with the accounts of these keys as members."""
    joined = tuple(Member(ref(member), role) for member, role in sorted((members or {}).items()))
    said = {"id": f"com_{key}", "ref": ref(key), "name": key.capitalize(), "visibility": "public", "members": joined}
    return Community(**{**said, **fields})


def a_topic(key: str = "dwdm", **fields: Any) -> Topic:
    """The topic `top_dwdm`, labelled and meant by its own key."""
    return Topic(**{"id": f"top_{key}", "ref": ref(key), "pref_label": {"en": key}, "forms": (key,), **fields})


def a_post(key: str = "p1", *, author: str = "ana", community: str | None = None, **fields: Any) -> Post:
    """The post `pst_p1` of an author, in the community of that key or in none."""
    where = community and f"com_{community}"
    said = {"ref": ref(key), "author": ref(author), "community": where, "text": "Qui sait ?", "created_at": NOON}
    return Post(**{"id": f"pst_{key}", **said, **fields})


def an_indexing(key: str = "p1", *, seq: int, mentions: dict[str, float] | None = None, **fields: Any) -> Indexing:
    """What was found in the post of that key when its number was `seq`."""
    found = tuple(Mention(f"top_{topic}", strength) for topic, strength in (mentions or {}).items())
    return Indexing(
        **{"post": f"pst_{key}", "seq": seq, "language": "en", "reader": READER, "mentions": found, **fields}
    )


def an_event(key: str = "e1", **fields: Any) -> Event:
    """Thanks of Bob for the post `pst_p1`."""
    return Event(**{"key": key, "type": "thanks", "at": NOON, "actor": ref("bob"), "post": "pst_p1", **fields})


def a_question(
    key: str = "q1",
    *,
    asker: str = "ana",
    asked: str = "bob",
    redirected_to: str | None = None,
    introduce_to: str | None = None,
    **fields: Any,
) -> Event:
    """The question of Ana's to Bob, open unless it is said otherwise; `at`, `post` and `community` are the event's."""
    named = {name: fields.pop(name) for name in ("at", "post", "community") if name in fields}
    others = {"redirected_to": redirected_to and ref(redirected_to), "introduce_to": introduce_to and ref(introduce_to)}
    said = {"ref": ref(key), "text": "Qui sait ?", **others, **fields}
    people = {"actor": ref(asker), "target": ref(asked)}
    return Event(**{"key": key, "type": "address", "at": NOON, **people, "asking": Asking(**said), **named})


def an_interaction(key: str = "i1", *, source: str = "ana", target: str = "bob", **fields: Any) -> Interaction:
    """An interaction from one account to another, that follows from the event `e1`."""
    said = {"origin": "e1", "type": "thanks", "source": ref(source), "target": ref(target), "at": NOON}
    return Interaction(**{"key": key, **said, **fields})


def a_job(key: str = "j1", **fields: Any) -> Job:
    """A job of one record."""
    return Job(**{"id": key, "created_at": NOON, "received": 1, "outcomes": {"created": 1}, **fields})


def a_key(key: str = "k1", **fields: Any) -> ApiKey:
    """A key that may search."""
    said = {"name": key, "hash": f"hash of {key}", "scopes": frozenset({"experts:read"}), "created_at": NOON}
    return ApiKey(**{"id": key, **said, **fields})


def a_receiver(key: str = "portal", **fields: Any) -> Receiver:
    """A receiver of introductions that were accepted, called by its key."""
    said = {"url": f"https://{key}.example/webhooks", "events": ("introduction.accepted",), "secret": "whsec_c2VjcmV0"}
    return Receiver(**{"id": key, "created_at": NOON, **said, **fields})


def a_notice(key: str = "n1", *, receiver: str = "portal", **fields: Any) -> Notice:
    """What tells Ana and Bob of the introduction `int_1`."""
    said = {"type": "introduction.accepted", "about": "int_1", "tell": ("per_ana", "per_bob")}
    return Notice(**{"id": key, "receiver": receiver, "at": NOON, **said, **fields})


def a_viewer(person: str | None = None, *, communities: set[int] | frozenset[int] = frozenset({0})) -> Viewer:
    """Who may read what is in these communities, by number; without more what is in none."""
    return Viewer(person=person, communities=frozenset(communities))


def put(store: GraphStore, *things: object, job: str = "j1") -> None:
    """Write accounts, communities, topics, posts, events and interactions, in this order, in one transaction."""

    def work(tx: Transaction) -> None:
        tx.people.put([thing for thing in things if isinstance(thing, Account)])
        tx.communities.put([thing for thing in things if isinstance(thing, Community)])
        tx.topics.put([thing for thing in things if isinstance(thing, Topic)])
        tx.posts.put([thing for thing in things if isinstance(thing, Post)], job=job)
        tx.interactions.put_events([thing for thing in things if isinstance(thing, Event)])
        interactions = [thing for thing in things if isinstance(thing, Interaction)]
        tx.interactions.replace(dict.fromkeys(one.origin for one in interactions), interactions)

    store.write(work)


def index(store: GraphStore, key: str = "p1", **mentions: float) -> int:
    """Record the mentions of a post that waits, as an indexer would; returns how many posts were indexed."""
    [seq] = [waiting.seq for waiting in store.posts.waiting(limit=100) if waiting.post.id == f"pst_{key}"]
    return store.write(lambda tx: tx.posts.record_mentions([an_indexing(key, seq=seq, mentions=mentions)]))
