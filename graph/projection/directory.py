"""People and topics by number: public ids, what decides whether they are shown, and where they belong."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Self

import numpy as np
import numpy.typing as npt

from graph.arrays import BoolArray, BytesArray, IntArray
from graph.changes import PersonRow, TopicRow
from graph.model import Language
from graph.projection.cache import Cache
from graph.projection.names import plain, sort_key, words_of
from graph.projection.texts import Searchable, Shared

LANGUAGES: Final[tuple[Language, ...]] = ("fr", "en")


@dataclass(frozen=True, slots=True, eq=False)
class People:
    """Everybody; a number that is not known yet has no id, no name, and is no expert."""

    ids: BytesArray
    names: BytesArray  # as names.sort_key writes them
    is_expert: BoolArray
    departments: Shared  # "" for none; of somebody of whom nothing is known there is no text
    sites: Shared
    numbers: Mapping[str, int]
    _by_word: Cache[None, tuple[BytesArray, IntArray]] = field(default_factory=lambda: Cache(1), init=False, repr=False)

    @classmethod
    def of(cls, ids: BytesArray, names: BytesArray, is_expert: BoolArray, departments: Shared, sites: Shared) -> Self:
        """The people with these ids, by number."""
        return cls(ids, names, is_expert, departments, sites, _numbers(ids))

    @classmethod
    def nobody(cls) -> Self:
        """No people."""
        none = np.zeros(0, dtype="S1")
        return cls.of(none, none, np.zeros(0, dtype=np.bool_), Shared.none(), Shared.none())

    def updated(self, rows: Sequence[PersonRow], *, size: int) -> Self:
        """The people after these came or changed, for numbers below `size` at least."""
        size = max([size, self.ids.size, *(row.number + 1 for row in rows)])
        if not rows and size == self.ids.size:
            return self
        at = [row.number for row in rows]
        is_expert = _grown(self.is_expert, size, np.bool_)
        is_expert[at] = [row.is_expert for row in rows]
        return type(self)(
            _with_texts(self.ids, size, at, [row.id for row in rows]),
            _with_texts(self.names, size, at, [sort_key(row.name or "") for row in rows]),
            is_expert,
            self.departments.updated(at, [row.name and (row.department or "") for row in rows], size=size),
            self.sites.updated(at, [row.name and (row.site or "") for row in rows], size=size),
            {**self.numbers, **{row.id: row.number for row in rows}},
        )

    def id(self, number: int) -> str:
        """The public id of that person."""
        return self.ids[number].decode()

    def called(self, asked: str) -> IntArray:
        """The numbers of the experts whose name has, for each word asked, one that begins so: by name, then by id."""
        parts = [sort_key(word).encode() for word in words_of(asked)]
        found = np.flatnonzero(self.is_expert if parts else np.zeros(0))
        for part in parts:
            found = found[np.strings.find(self.names[found], part) >= 0]
        return found[np.lexsort((self.ids[found], self.names[found]))]

    def words(self, *parts: str) -> set[str]:
        """The words of experts' names, in lower case and without accents, one word of which holds one of the parts."""
        holds = np.logical_or.reduce([np.strings.find(self.names, part.encode()) >= 0 for part in parts])
        return {word for name in self.names[holds & self.is_expert].tolist() for word in name.decode().split()}

    def bearers(self, words: Collection[str]) -> dict[str, frozenset[int]]:
        """By word the numbers of the experts in whose names it stands, as far as it stands in any."""
        known, numbers = self._by_word.get(None, self._sort_by_word)
        encoded = {word.encode(): word for word in words}
        sought = [word for word in encoded if len(word) <= known.itemsize]
        keys = np.array(sought, dtype=known.dtype)  # another type would have them all copied
        spans = zip(sought, known.searchsorted(keys), known.searchsorted(keys, "right"), strict=True)
        return {encoded[word]: frozenset(numbers[start:end].tolist()) for word, start, end in spans if end > start}

    def length(self, number: int) -> int:
        """How many words the name of that person has."""
        return self.names[number].count(b" ")

    def _sort_by_word(self) -> tuple[BytesArray, IntArray]:
        """The words of experts' names in order, and whose each is."""
        experts = np.flatnonzero(self.is_expert)
        words = [name.split() for name in self.names[experts].tolist()]
        numbers = experts.repeat([len(name) for name in words])
        known = np.array([word for name in words for word in name], dtype=np.bytes_)
        order = known.argsort()
        return known[order], numbers[order]

    def position(self, number: int) -> str:
        """Where that person stands in the order by name, then by id: sorts as text."""
        return f"{self.names[number].decode()}\n{self.id(number)}"


@dataclass(frozen=True, slots=True, eq=False)
class Topics:
    """All topics; what they count as in the end is for `sameness` to say, which knows who asks."""

    ids: BytesArray
    languages: IntArray  # of its labels, one bit each as in LANGUAGES
    merged_into: IntArray  # by its name, its form or as a spelling; 0: it stands for itself
    merged_by_hand: IntArray  # 0: nobody decided so
    acronym: IntArray  # of a definition; 0: it is none
    long_form: IntArray
    is_sent: BoolArray  # by a source
    is_interest: BoolArray
    apart: IntArray  # pairs that somebody said are not the same, a row each
    broader: Shared  # public ids
    labels: Searchable  # as names.plain writes them
    root: IntArray  # what `merged_into` leads to
    numbers: Mapping[str, int]
    glossary: object  # the same one for as long as no topic that a source sent changes
    _above: Cache[None, tuple[IntArray, IntArray]] = field(default_factory=lambda: Cache(1), init=False, repr=False)

    @classmethod
    def of(cls, ids: BytesArray, apart: IntArray, broader: Shared, labels: Searchable, **columns: Any) -> Self:
        """The topics with these ids, by number."""
        root = roots(columns["merged_into"])
        texts = {"broader": broader, "labels": labels}
        return cls(ids=ids, apart=apart, **texts, root=root, numbers=_numbers(ids), glossary=object(), **columns)

    @classmethod
    def empty(cls) -> Self:
        """No topics yet."""
        columns = {name: np.zeros(0, dtype=dtype) for name, dtype in _COLUMNS.items()}
        none = np.zeros((0, 2), dtype=np.int32)
        return cls.of(np.zeros(0, dtype="S1"), none, Shared.none(), Searchable.none(), **columns)

    def updated(self, rows: Sequence[TopicRow]) -> Self:
        """The topics after these came or changed."""
        if not rows:
            return self
        size = max(self.ids.size, *(max(_named_by(row)) + 1 for row in rows))
        at = [row.number for row in rows]
        columns = {name: _grown(getattr(self, name), size, dtype) for name, dtype in _COLUMNS.items()}
        for name in ("merged_into", "merged_by_hand", "acronym", "long_form", "is_sent"):
            columns[name][at] = [getattr(row, name) or 0 for row in rows]
        columns["languages"][at] = [_languages(row) for row in rows]
        columns["is_interest"][at] = [row.kind == "interest" for row in rows]
        new = np.array([(row.number, other) for row in rows for other in row.apart], dtype=np.int32).reshape(-1, 2)
        return type(self)(
            ids=_with_texts(self.ids, size, at, [row.id for row in rows]),
            apart=np.concatenate((self.apart[~np.isin(self.apart[:, 0], at)], new)),
            broader=self.broader.updated(at, [row.broader for row in rows], size=size),
            labels=self.labels.updated(at, [_labelled(row) for row in rows], size=size),
            root=roots(columns["merged_into"]),
            numbers={**self.numbers, **{row.id: row.number for row in rows}},
            glossary=object() if any(row.is_sent for row in rows) else self.glossary,
            **columns,
        )

    def called(self, asked: str) -> IntArray:
        """The numbers of the topics one of whose labels holds this text."""
        return self.labels.holding(plain(asked))

    def narrower(self) -> tuple[IntArray, IntArray]:
        """The topics that name a broader one that is there, and those that they name."""
        return self._above.get(None, self._find_narrower)

    def broadest(self) -> IntArray:
        """By number the broadest topic above each, itself where none is; a circle ends somewhere in it.

        What counts as a topic may name a broader one for it; what that names itself goes before."""
        broader = np.zeros(self.ids.size, dtype=np.int64)
        lower, above = self.narrower()
        broader[self.root[lower]] = self.root[above]
        broader[lower] = self.root[above]
        return roots(broader)

    def _find_narrower(self) -> tuple[IntArray, IntArray]:
        above = np.array([self.numbers.get(text.decode(), 0) for text in self.broader.texts.tolist()] + [0])
        above = above[self.broader.places]  # without a text the place is -1: the last one
        lower = np.flatnonzero(above)
        return lower, above[lower]

    def id(self, number: int) -> str:
        """The public id of that topic."""
        return self.ids[number].decode()

    def parts(self) -> dict[str, Any]:
        """What the topics can be made of again, by name."""
        return {name: getattr(self, name) for name in ("ids", "apart", "broader", "labels", *_COLUMNS)}


_COLUMNS: Final[dict[str, npt.DTypeLike]] = {
    "languages": np.uint8,
    "merged_into": np.int32,
    "merged_by_hand": np.int32,
    "acronym": np.int32,
    "long_form": np.int32,
    "is_sent": np.bool_,
    "is_interest": np.bool_,
}


def _labelled(row: TopicRow) -> str:
    """The labels of a topic, parted by what is in none."""
    return "\t".join(plain(label) for label in (row.label_fr, row.label_en, *row.aliases) if label)


def roots(leads_to: IntArray) -> IntArray:
    """Where each topic ends that leads to another one, 0 to none; a circle ends in its lowest number."""
    found = np.where(leads_to > 0, leads_to, np.arange(leads_to.size))
    lowest = np.minimum(found, np.arange(leads_to.size))
    for _ in range(leads_to.size.bit_length()):  # each round doubles the steps taken
        lowest, found = np.minimum(lowest, lowest[found]), found[found]
    return lowest[found]


def _named_by(row: TopicRow) -> list[int]:
    named = (row.merged_into, row.merged_by_hand, row.acronym, row.long_form, *row.apart)
    return [row.number, *(number for number in named if number)]


def _languages(row: TopicRow) -> int:
    labels = {"fr": row.label_fr, "en": row.label_en}
    return sum(1 << bit for bit, language in enumerate(LANGUAGES) if labels[language] is not None)


def _numbers(ids: BytesArray) -> dict[str, int]:
    return {found.decode(): number for number, found in enumerate(ids.tolist()) if found}


def _grown(values: npt.NDArray[Any], size: int, dtype: npt.DTypeLike) -> npt.NDArray[Any]:
    grown = np.zeros(size, dtype=dtype)
    grown[: values.size] = values
    return grown


def _with_texts(known: BytesArray, size: int, at: Sequence[int], texts: Sequence[str]) -> BytesArray:
    new = [text.encode() for text in texts]
    grown = _grown(known, size, f"S{max([known.dtype.itemsize, *map(len, new)])}")
    grown[at] = new
    return grown
