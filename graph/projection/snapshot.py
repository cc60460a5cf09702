"""Snapshots: the arrays of a state in one file that every process of a machine maps."""

import json
import os
import struct
import zlib
from collections.abc import Iterator
from dataclasses import fields
from itertools import chain
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import IO, Any, Final

import numpy as np
import numpy.typing as npt

from graph.projection.blocks import Block, Part
from graph.projection.directory import People, Topics
from graph.projection.neighbours import Neighbours
from graph.projection.post_interactions import PostInteractions
from graph.projection.postings import Contents, Postings
from graph.projection.posts import Posts
from graph.projection.state import State
from graph.projection.texts import Searchable, Shared
from graph.projection.threads import Threads

FORMAT: Final = "quisait-projection-7"  # a new one for every change of the arrays
NAME: Final = "projection.snapshot"
ALIGNMENT: Final = 64

Arrays = dict[str, npt.NDArray[Any]]

_TAIL: Final = struct.Struct("<QL")  # length of the index, checksum of all before the tail
_COLUMNS: Final = {"posts": Posts, "words": Postings, "topics": Postings, "threads": Threads, "about": Contents}
_DERIVED: Final = ("people", "starts", "times", "until")
_PEOPLE: Final = ("ids", "names", "is_expert", "departments", "sites")


def save(state: State, folder: Path, *, fingerprint: str) -> None:
    """Write the state into the folder, durably, then put it in the place of the last one in one step."""
    folder.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile(dir=folder, delete=False) as file:
        try:
            _write(file, state, fingerprint)
            file.flush()
            os.fsync(file.fileno())
            Path(file.name).replace(folder / NAME)
        except BaseException:
            Path(file.name).unlink()
            raise


def load(folder: Path, *, fingerprint: str) -> State | None:
    """The state that was saved, mapped from its file; None when there is none, or it is damaged or foreign."""
    try:
        raw = np.asarray(np.memmap(folder / NAME, mode="r"))
    except (OSError, ValueError):  # no file, or an empty one
        return None
    index = _index(raw)
    if index is None or (index["format"], index["fingerprint"]) != (FORMAT, fingerprint):
        return None
    arrays = {
        name: raw[start : start + size].view(dtype).reshape(shape)
        for name, dtype, shape, start, size in index["arrays"]
    }
    return _state(index["seq"], index["parts"], arrays)


def _write(file: IO[bytes], state: State, fingerprint: str) -> None:
    index: list[tuple[Any, ...]] = []
    checksum = start = 0

    def put(data: bytes | memoryview) -> None:
        nonlocal checksum, start
        file.write(data)
        checksum, start = zlib.crc32(data, checksum), start + len(data)

    for name, array in _arrays(state):
        put(bytes(-start % ALIGNMENT))
        index.append((name, array.dtype.str, array.shape, start, array.nbytes))
        put(np.ascontiguousarray(array).view(np.uint8).data if array.size else b"")
    head = {"format": FORMAT, "fingerprint": fingerprint, "seq": state.seq, "parts": len(state.parts)}
    text = json.dumps({**head, "arrays": index}).encode()
    put(text)
    file.write(_TAIL.pack(len(text), checksum))


def _index(raw: npt.NDArray[np.uint8]) -> dict[str, Any] | None:
    body = raw[: -_TAIL.size]
    if raw.size < _TAIL.size:
        return None
    length, checksum = _TAIL.unpack(raw[-_TAIL.size :].tobytes())
    if zlib.crc32(body.data) != checksum:
        return None
    return json.loads(body[body.size - length :].tobytes())


def _arrays(state: State) -> Iterator[tuple[str, npt.NDArray[Any]]]:
    for at, part in enumerate(state.parts):
        for name in _COLUMNS:
            yield from _named(f"{at}.{name}", getattr(part.block, name))
        yield from ((f"{at}.{name}", getattr(part.block, name)) for name in _DERIVED)
        yield f"{at}.is_alive", part.is_alive
    yield from chain.from_iterable(_named(f"people.{name}", getattr(state.people, name)) for name in _PEOPLE)
    yield from chain.from_iterable(_named(f"topics.{name}", value) for name, value in state.topics.parts().items())
    yield from _named("post_interactions", state.post_interactions)
    yield from ((f"neighbours.{name}", array) for name, array in state.neighbours.arrays().items())


def _named(name: str, value: Any) -> Iterator[tuple[str, npt.NDArray[Any]]]:
    if isinstance(value, np.ndarray):
        yield name, value
    else:
        yield from ((f"{name}.{field.name}", getattr(value, field.name)) for field in fields(value))


def _state(seq: int, parts: int, arrays: Arrays) -> State:
    people = _people(_under("people", arrays))
    return State(
        seq=seq,
        parts=tuple(_part(_under(str(at), arrays), people) for at in range(parts)),
        people=people,
        topics=_topics(_under("topics", arrays)),
        post_interactions=PostInteractions(**_under("post_interactions", arrays)),
        neighbours=Neighbours.from_arrays(_under("neighbours", arrays)),
    )


def _people(arrays: Arrays) -> People:
    departments, sites = Shared(**_under("departments", arrays)), Shared(**_under("sites", arrays))
    return People.of(arrays["ids"], arrays["names"], arrays["is_expert"], departments, sites)


def _topics(arrays: Arrays) -> Topics:
    broader, labels = Shared(**_under("broader", arrays)), Searchable(**_under("labels", arrays))
    return Topics.of(broader=broader, labels=labels, **{name: arrays[name] for name in arrays if "." not in name})


def _part(arrays: Arrays, people: People) -> Part:
    columns: dict[str, Any] = {name: kind(**_under(name, arrays)) for name, kind in _COLUMNS.items()}
    columns.update((name, arrays[name]) for name in _DERIVED)
    block = Block(**columns)
    return Part(block, arrays["is_alive"], arrays["is_alive"] & people.is_expert[block.posts.author])


def _under(prefix: str, arrays: Arrays) -> Arrays:
    return {name.removeprefix(f"{prefix}."): array for name, array in arrays.items() if name.startswith(f"{prefix}.")}
