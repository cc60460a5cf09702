"""A judged collection: people, posts, questions, and who was found to know, as canonical records."""

import json
import tarfile
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

MAX_LINES: Final = 1000
MAX_BYTES: Final = 5 * 1024 * 1024
COLUMNS: Final = {
    "people.jsonl": "id, name",
    "posts.jsonl": "id, author, created_at, text; if there are any: community, thread, reply_to, lang, endorsed_by "
    "(ids of people)",
    "queries.jsonl": "id, text; exclude, where there are people who are no answer",
    "qrels.tsv": "question, person, grade, with tabs between and no head; from 1 on the person knows",
}
FORM: Final = "An ARCHIVE is a folder, or a tar of one, in UTF-8, one JSON object a line:\n" + "\n".join(
    f"  {name:<14} {columns}" for name, columns in COLUMNS.items()
)

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Archive:
    """A folder with people.jsonl, posts.jsonl, queries.jsonl and qrels.tsv."""

    folder: Path

    @property
    def source(self) -> str:
        """The source of its records."""
        return f"archive:{self.folder.name}"

    def rows(self, name: str) -> Iterator[Row]:
        """The rows of one of its files, lazily."""
        with (self.folder / name).open(encoding="utf-8") as file:
            yield from map(json.loads, file)

    def judgements(self) -> dict[str, dict[str, int]]:
        """Question → person → grade."""
        found: dict[str, dict[str, int]] = defaultdict(dict)
        for line in (self.folder / "qrels.tsv").read_text(encoding="utf-8").splitlines():
            question, person, grade = line.split("\t")
            found[question][person] = int(grade)
        return dict(found)

    def excluded(self, question: Row) -> set[str]:
        """The people who are no answer to that question."""
        given = question.get("exclude") or ()
        return {given} if isinstance(given, str) else set(given)

    def records(self) -> Iterator[Row]:
        """Everything in it as canonical records: people, communities, posts, endorsements."""
        for person in self.rows("people.jsonl"):
            yield {"kind": "person", "source": self.source, "id": person["id"], "name": person["name"]}
        for name in sorted({post["community"] for post in self.rows("posts.jsonl") if post.get("community")}):
            yield {"kind": "community", "source": self.source, "id": name, "name": name, "visibility": "public"}
        for post in self.rows("posts.jsonl"):
            yield self._post(post)
            for reviewer in dict.fromkeys(post.get("endorsed_by") or ()):
                if reviewer != post["author"]:
                    yield self._endorsement(post, reviewer)

    def _post(self, post: Row) -> Row:
        kept = ("id", "author", "community", "thread", "reply_to", "created_at", "text", "lang")
        return {"kind": "post", "source": self.source, **{name: post.get(name) for name in kept}}

    def _endorsement(self, post: Row, reviewer: str) -> Row:
        return {
            "kind": "interaction",
            "source": self.source,
            "id": f"{post['id']}/{reviewer}",
            "type": "endorsement",
            "from": reviewer,
            "to": post["author"],
            "post": post["id"],
            "at": post["created_at"],
        }


@contextmanager
def opened(path: Path) -> Iterator[Archive]:
    """The archive at that path, a folder or a tar of one; unpacked for as long as the block lasts.

    Ends the program with what an archive is where there is none."""
    if path.is_dir():
        yield _complete(path, named=path)
        return
    with tempfile.TemporaryDirectory(prefix="quisait-archive-") as folder:
        try:
            with tarfile.open(path) as tar:
                tar.extractall(folder, filter="data")
        except (OSError, tarfile.TarError) as error:
            raise SystemExit(f"{path} cannot be read: {error}\n\n{FORM}") from error
        yield _complete(next(Path(folder).iterdir(), Path(folder)), named=path)


def _complete(folder: Path, *, named: Path) -> Archive:
    if missing := [name for name in COLUMNS if not (folder / name).is_file()]:
        raise SystemExit(f"{named} is no archive: {', '.join(missing)} missing\n\n{FORM}")
    return Archive(folder)


def batches(records: Iterable[Row]) -> Iterator[bytes]:
    """The records as bodies of NDJSON, as large as the door takes."""
    lines: list[bytes] = []
    size = 0
    for record in records:
        line = json.dumps(record, ensure_ascii=False).encode()
        if lines and (len(lines) == MAX_LINES or size + len(line) >= MAX_BYTES):
            yield b"\n".join(lines)
            lines, size = [], 0
        lines.append(line)
        size += len(line) + 1
    if lines:
        yield b"\n".join(lines)
