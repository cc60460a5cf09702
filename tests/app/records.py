"""Records with readable defaults, as sources send them."""

from typing import Any


def person(key: str, **fields: Any) -> dict[str, Any]:
    """A person's account."""
    return {"kind": "person", "source": "chat", "id": key, "name": key.title(), **fields}


def community(key: str, *members: str, **fields: Any) -> dict[str, Any]:
    """A community, public unless it is said otherwise."""
    people = [{"person": member} for member in members]
    return {
        "kind": "community",
        "source": "chat",
        "id": key,
        "name": key,
        "visibility": "public",
        "members": people,
        **fields,
    }


def post(key: str, text: str, *, author: str = "ana", community: str | None = None, **fields: Any) -> dict[str, Any]:
    """A post."""
    return {
        "kind": "post",
        "source": "chat",
        "id": key,
        "author": author,
        "community": community,
        "text": text,
        "created_at": "2026-01-05T12:00:00Z",
        **fields,
    }


def deletion(kind: str, key: str) -> dict[str, Any]:
    """Takes a record back."""
    return {"kind": "delete", "source": "chat", "id": key, "target": kind, "at": "2026-02-01T00:00:00Z"}


def question(key: str, *, asker: str = "ana", asked: str = "bo", **fields: Any) -> dict[str, Any]:
    """A question of Ana's to Bo, open unless it is said otherwise."""
    said = {"text": "Qui sait souder la fibre ?", "at": "2026-01-10T08:00:00Z", **fields}
    return {"kind": "question", "source": "chat", "id": key, "asker": asker, "asked": asked, **said}
