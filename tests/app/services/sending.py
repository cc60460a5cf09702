"""Records as sources send them, and what is to be seen in the store then."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from app.services.ingestion import Receipt
from graph.changes import Changes
from graph.identity import Identity
from graph.model import Person, Ref, Viewer
from graph.store import GraphStore

NOW = datetime(2026, 3, 1, tzinfo=UTC)
IDENTITY = Identity(b"test")
JANUARY, FEBRUARY = "2026-01-01T08:00:00Z", "2026-02-01T08:00:00Z"

Send = Callable[..., Receipt]


def person(key: str, **fields: Any) -> dict[str, Any]:
    """A person's account."""
    return {"kind": "person", "source": "chat", "id": key, "name": key.capitalize(), **fields}


def post(key: str, **fields: Any) -> dict[str, Any]:
    """A post of Ana's, in no community."""
    said = {"author": "ana", "community": None, "text": "Bonjour", "created_at": JANUARY}
    return {"kind": "post", "source": "chat", "id": key, **said, **fields}


def delete(target: str, key: str, **fields: Any) -> dict[str, Any]:
    """Takes a record back."""
    return {"kind": "delete", "source": "chat", "target": target, "id": key, "at": FEBRUARY, **fields}


COMMUNITY = {"kind": "community", "source": "chat", "id": "c", "name": "Tech", "visibility": "public"}
THANKS = {"kind": "reaction", "source": "chat", "post": "a", "author": "ana", "type": "thanks", "at": JANUARY}
ACCEPT = {"kind": "accept", "source": "chat", "question": "q", "answer": "a", "at": JANUARY}
MEETING = {
    "kind": "interaction",
    "source": "chat",
    "id": "m",
    "type": "meeting",
    "people": ["ana", "bob", "eve"],
    "at": JANUARY,
}
THREAD = [
    COMMUNITY,
    person("ana"),
    post("q", community="c", post_kind="question"),
    post("a", author="bob", community="c", reply_to="q", addressed=["ana", "eve"]),
    THANKS,
    ACCEPT,
    MEETING,
]


def everything(store: GraphStore) -> Changes:
    """All that is in the store."""
    return store.feed.changes(after=0, upto=store.feed.head())


def id_of(key: str, *, source: str = "chat") -> str:
    """The public id of the person that the account of that key makes."""
    return IDENTITY.public_id("person", Ref(source, key))


def seen(store: GraphStore, key: str, **where: str) -> Person:
    """That person, as who is in no community sees them; named by key or by public id."""
    public_id = id_of(key, **where) if not key.startswith("per_") else key
    return store.people.find([public_id], viewer=Viewer(None, store.communities.readable_by(None)))[public_id]
