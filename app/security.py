"""Keys, and who asks with them."""

import secrets
from base64 import urlsafe_b64encode
from collections.abc import Callable, Collection
from dataclasses import dataclass, field, replace
from datetime import datetime
from hashlib import sha256
from typing import Final, Literal, get_args

from graph.errors import Conflict, NotFound
from graph.model import ApiKey, Viewer
from graph.store import GraphStore

Scope = Literal[
    "experts:read",
    "people:read",
    "ties:read",
    "communities:read",
    "questions:read",
    "questions:write",
    "records:write",
    "analytics:read",
    "act-as",
    "admin",
]
SCOPES: Final[frozenset[str]] = frozenset(get_args(Scope))
PREFIX: Final = "qst_"
REMEMBERED_PEOPLE: Final = 10_000


class Unauthenticated(Exception):
    """No key was sent, or it is unknown, expired, revoked or somebody's who is inactive: these are never told apart."""


class Forbidden(Exception):
    """The key lacks a scope."""

    def __init__(self, scope: str) -> None:
        super().__init__(scope)
        self.scope = scope


@dataclass(frozen=True, slots=True)
class Principal:
    """Who holds the key of a request."""

    key: str
    scopes: frozenset[str]
    person: str | None

    @property
    def may_act_as(self) -> bool:
        """Whether the key may speak for other people than its own."""
        return "act-as" in self.scopes


@dataclass(slots=True)
class Access:
    """Gives out keys, knows them again, and says what their people may see."""

    store: GraphStore
    clock: Callable[[], datetime]
    _readable: tuple[int, dict[str | None, frozenset[int]]] = field(default=(-1, {}), init=False)

    def authenticate(self, token: str) -> Principal:
        """The holder of this key; raises Unauthenticated."""
        key = self.store.keys.by_hash(_digest(token)) if token.startswith(PREFIX) else None
        if key is None or key.revoked_at or (key.expires_at and key.expires_at <= self.clock()):
            raise Unauthenticated
        if key.person and not self.viewer(key.person).communities:
            raise Unauthenticated
        return Principal(key.id, key.scopes, key.person)

    def viewer(self, person: str | None) -> Viewer:
        """This person as a viewer; who is inactive may read nothing at all.

        What they may read is asked again whenever people or communities have changed."""
        directory = self.store.feed.directory()
        seen, readable = self._readable
        if seen != directory or len(readable) > REMEMBERED_PEOPLE:
            readable = {}
            self._readable = directory, readable
        if person not in readable:
            is_gone = person is not None and self._is_active(person) is False
            readable[person] = frozenset() if is_gone else self.store.communities.readable_by(person)
        return Viewer(person, readable[person])

    def knows(self, person: str) -> bool:
        """Whether there is such a person, who is active."""
        return self._is_active(person) is True

    def _is_active(self, person: str) -> bool | None:
        """Whether that person is active; None where there is none."""
        found = self.store.people.find([person], viewer=Viewer(person, frozenset())).get(person)
        return found and found.is_active

    def create_key(
        self, name: str, *, scopes: Collection[str], person: str | None = None, expires_at: datetime | None = None
    ) -> tuple[ApiKey, str]:
        """A new key, and the secret that is shown this once; raises Conflict for scopes that do not exist."""
        if unknown := set(scopes) - SCOPES:
            raise Conflict(f"no such scope: {' '.join(sorted(unknown))}; there are: {' '.join(sorted(SCOPES))}")
        token = PREFIX + urlsafe_b64encode(secrets.token_bytes(32)).decode().rstrip("=")
        key = ApiKey(
            id=f"key_{secrets.token_hex(8)}",
            name=name,
            hash=_digest(token),
            scopes=frozenset(scopes),
            created_at=self.clock(),
            person=person,
            expires_at=expires_at,
        )
        self.store.write(lambda tx: tx.put_key(key))
        return key, token

    def keys(self) -> list[ApiKey]:
        """All keys, oldest first."""
        return self.store.keys.each()

    def revoke(self, key_id: str) -> ApiKey:
        """Take a key's rights away, from the next request on; raises NotFound."""
        key = next((key for key in self.keys() if key.id == key_id), None)
        if key is None:
            raise NotFound(f"{key_id} is none of the keys that `quisait keys list` shows")
        revoked = key if key.revoked_at else replace(key, revoked_at=self.clock())
        self.store.write(lambda tx: tx.put_key(revoked))
        return revoked


def _digest(token: str) -> str:
    return sha256(token.encode()).hexdigest()
