"""Our own ids: keyed hashes of what a source calls a thing, so that a replay and every store agree on them."""

import json
import re
from base64 import urlsafe_b64encode
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Final, Literal

from graph.model import RecordKind, Ref

PublicKind = Literal["person", "community", "post", "topic"]

API: Final = "api"  # the source of what is put by public id: there, ids are public ids
EXTRACTED: Final = "quisait"  # the source of topics that were found in texts, not sent
PREFIXES: Final[dict[PublicKind, str]] = {"person": "per", "community": "com", "post": "pst", "topic": "top"}
RESERVED: Final = frozenset({API, EXTRACTED})  # no source of a host is called so
# Where people ask each other in private: a community that no record can open, so nobody reads what happens there.
BETWEEN_PEOPLE: Final = Ref(EXTRACTED, "between people")
QUESTION: Final = "que_"  # before the key of its event: a question's public id …
INTRODUCTION: Final = "int_"  # … and that of one that asks for an introduction
CHOSEN: Final = re.compile(r"(per|com)_[A-Za-z0-9_-]{1,64}")


@dataclass(frozen=True, slots=True)
class Identity:
    """Makes ids with the instance's secret."""

    secret: bytes = field(repr=False)

    def public_id(self, kind: PublicKind, ref: Ref) -> str:
        """The public id of a thing; a person or community of the source `api` is called by its public id there."""
        prefix = PREFIXES[kind]
        if ref.source == API and CHOSEN.fullmatch(ref.id) and ref.id.startswith(prefix):
            return ref.id
        return f"{prefix}_{urlsafe_b64encode(self._digest(kind, *ref)).decode().rstrip('=')}"

    def record_key(self, kind: RecordKind, ref: Ref) -> str:
        """The idempotency key of a record, as 32 hexadecimal digits."""
        return self._digest("record", kind, *ref).hex()

    def thread(self, ref: Ref) -> int:
        """The number of a source's thread, a signed 64-bit integer."""
        return int.from_bytes(self._digest("thread", *ref)[:8], "big", signed=True)

    def interaction_key(self, *parts: str) -> str:
        """The key of an interaction that follows from those parts."""
        return self._digest("interaction", *parts).hex()

    def digest(self, content: str) -> str:
        """A fingerprint of a record's content, that tells nothing to who lacks the secret."""
        return self._digest("content", content).hex()

    def _digest(self, *parts: str) -> bytes:
        packed = json.dumps(parts, ensure_ascii=True).encode()
        return blake2b(packed, key=self.secret, digest_size=16).digest()
