"""Cursors: where the next page begins, signed, and good for the same filters only."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import Final, TypeVar

from itsdangerous import BadData, URLSafeTimedSerializer

Row = TypeVar("Row")

DAY_SECONDS: Final = 24 * 60 * 60
PURPOSE: Final = b"quisait.cursor"


class InvalidCursor(Exception):
    """A cursor that was altered, is too old, or belongs to other filters."""


@dataclass(frozen=True, slots=True)
class Cursors:
    """Writes and reads cursors."""

    signer: URLSafeTimedSerializer

    @classmethod
    def of(cls, secret: bytes) -> "Cursors":
        """Cursors signed by a key derived from the instance's secret."""
        key = blake2b(PURPOSE, key=secret, digest_size=32).digest()
        return cls(URLSafeTimedSerializer(key, salt=PURPOSE))

    def write(self, position: str, *, filters: Mapping[str, object]) -> str:
        """The cursor of the page after that position."""
        return self.signer.dumps([position, _digest(filters)])

    def following(
        self, rows: Sequence[Row], *, limit: int, position: Callable[[Row], str], filters: Mapping[str, object]
    ) -> str | None:
        """The cursor of the next page where more than `limit` rows were found."""
        return self.write(position(rows[limit - 1]), filters=filters) if len(rows) > limit else None

    def read(self, cursor: str | None, *, filters: Mapping[str, object]) -> str:
        """The position that a cursor stands for, "" for none; raises InvalidCursor."""
        if cursor is None:
            return ""
        try:
            position, digest = self.signer.loads(cursor, max_age=DAY_SECONDS)
        except BadData as error:
            raise InvalidCursor from error
        if digest != _digest(filters):
            raise InvalidCursor
        return position


def _digest(filters: Mapping[str, object]) -> str:
    packed = json.dumps(filters, sort_keys=True).encode()
    return blake2b(packed, digest_size=12).hexdigest()
