"""One line or body becomes a value of the graph, or the errors in it: the same check for HTTP, files and webhooks."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from pydantic import BaseModel, ValidationError

from api_schemas.records import (
    RECORD,
    AcceptRecord,
    AnyRecord,
    CommunityFields,
    CommunityRecord,
    DeleteRecord,
    InteractionRecord,
    PersonFields,
    PersonRecord,
    PostRecord,
    QuestionRecord,
    ReactionRecord,
    TopicRecord,
)
from graph.identity import API, BETWEEN_PEOPLE, EXTRACTED, Identity
from graph.model import (
    Account,
    Asking,
    Community,
    Event,
    Language,
    Member,
    Post,
    RecordKind,
    Ref,
    Retraction,
    Role,
    Topic,
)

MAX_LINE_BYTES: Final = 1024 * 1024
MAX_ERRORS: Final = 20
BOUNDS: Final = ("expected", "expected_tags", "ge", "le", "min_length", "max_length")  # in what a failed check tells
VALUE: Final = re.compile(r"'([^']*)'")
BEGINNING: Final = re.compile(r"\^([a-z]{3}_|https)")  # of a pattern: what has that form begins so
NAMED_BY_CODE: Final = {  # the field, where the check is of the whole record
    "union_tag_invalid": "/kind",
    "union_tag_not_found": "/kind",
    "email_expected": "/email",
    "from_expected": "/from",
    "to_expected": "/to",
    "two_people_expected": "/to",
    "meeting_expected": "/people",
    "asked_oneself": "/asked",
    "nothing_asked": "/text",
    "closed_at_expected": "/closed_at",
    "redirected_to_expected": "/redirected_to",
    "told_nobody": "/message",
}
AHEAD: Final = timedelta(days=1)
EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
PUT_BY_ID: Final = ("person", "community", "topic", "question")  # what the source `api` puts by public id

Record = Account | Community | Topic | Post | Event | Retraction


@dataclass(frozen=True, slots=True)
class FieldError:
    """Where something is wrong, as a JSON pointer, a stable code for what, and the bound or the values that pass."""

    pointer: str
    code: str
    expected: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """What one line holds: a record with its key, digest and version, or what is wrong with it."""

    line: int
    kind: str | None = None
    ref: Ref | None = None
    record: Record | None = None
    key: str = ""
    digest: str = ""
    version: int = 0  # microseconds since 1970; 0 for what carries no time
    community: Ref | None = None  # the community it names, in the words of its source
    errors: tuple[FieldError, ...] = ()


class DuplicateKey(ValueError):
    """The same name stands twice in one JSON object."""


def parse_line(line: bytes, *, number: int, identity: Identity, now: datetime) -> Entry:
    """The entry of one line of JSON; whatever is wrong is in its errors, nothing is raised."""
    if len(line) > MAX_LINE_BYTES:
        return Entry(number, errors=(FieldError("", "line_too_long"),))
    try:
        wire = RECORD.validate_json(line)
        refuse_duplicate_keys(line)
    except ValidationError as error:
        return replace(_named(line, number), errors=field_errors(error, skip=1))
    except DuplicateKey:
        return Entry(number, errors=(FieldError("", "duplicate_key"),))
    return to_entry(wire, number=number, identity=identity, now=now)


def to_entry(wire: AnyRecord, *, number: int, identity: Identity, now: datetime) -> Entry:
    """The entry of a well-formed record; a time too far ahead or an id that is not the source's to give is an error."""
    ref = Ref(wire.source, _id_of(wire))
    named = Entry(number, kind=wire.kind, ref=ref)
    errors = (*_untimely(wire, now), *_not_theirs(wire))
    if errors:
        return replace(named, errors=errors)
    kind = wire.target if isinstance(wire, DeleteRecord) else wire.kind
    return replace(
        named,
        record=to_value(wire, identity, ref),
        key=identity.record_key(kind, ref),
        digest=identity.digest(wire.model_dump_json()),
        version=_version(wire),
        community=_community_of(wire),
    )


def field_errors(error: ValidationError, *, skip: int = 0) -> tuple[FieldError, ...]:
    """Pointers and codes of a failed validation; `skip` leaves out the first steps of each place."""
    found = error.errors(include_url=False, include_input=False)[:MAX_ERRORS]
    return tuple(
        FieldError(_pointer(item["type"], item["loc"][skip:]), item["type"], expected(item.get("ctx")))
        for item in found
    )


def expected(context: Mapping[str, Any] | None) -> str:
    """The bound or the values that a failed check names in its context; "" for none, and never what was sent."""
    context = context or {}
    if form := BEGINNING.match(str(context.get("pattern"))):
        return f"{form[1]}…"
    bound = str(next((context[name] for name in BOUNDS if name in context), ""))
    return ", ".join(VALUE.findall(bound)) or bound


def numbered(lines: Iterable[bytes]) -> Iterator[tuple[int, bytes]]:
    """The lines that hold something, each with its number from 1: blank ones are counted and skipped."""
    return ((number, line) for number, line in enumerate(lines, start=1) if line.strip())


def refuse_duplicate_keys(body: bytes) -> None:
    """Raise DuplicateKey where a name stands twice in one object of this JSON: readers disagree on which one counts."""
    json.loads(body, object_pairs_hook=_unique)


def account_of(fields: PersonFields, *, ref: Ref, person: str) -> Account:
    """The account that these fields describe."""
    return Account(
        ref=ref,
        person=person,
        name=fields.name,
        email=fields.email,
        is_email_verified=fields.email_verified,
        department=fields.department,
        site=fields.site,
        level=fields.level,
        languages=tuple(fields.languages),
        is_active=fields.active,
        is_bot=fields.bot,
        away_until=fields.away_until,
        most_questions=fields.most_questions,
    )


def community_of(fields: CommunityFields, *, ref: Ref, public_id: str, source: str, identity: Identity) -> Community:
    """The community that these fields describe; the ids in them are of `source`."""
    members: dict[Ref, Role] = {Ref(source, member.person): member.role for member in fields.members}
    return Community(
        id=public_id,
        ref=ref,
        name=fields.name,
        kind=fields.community_kind,
        visibility=fields.visibility,
        purpose=fields.purpose,
        charter=fields.charter,
        parent=identity.public_id("community", Ref(source, fields.parent)) if fields.parent else None,
        is_archived=fields.archived,
        members=tuple(Member(account, role) for account, role in members.items()),
    )


def to_value(wire: AnyRecord, identity: Identity, ref: Ref) -> Record:
    """The value of a record, by its kind."""
    match wire:
        case PersonRecord():
            return account_of(wire, ref=ref, person=identity.public_id("person", ref))
        case CommunityRecord():
            public_id = identity.public_id("community", ref)
            return community_of(wire, ref=ref, public_id=public_id, source=wire.source, identity=identity)
        case PostRecord():
            return _post(wire, identity, ref)
        case InteractionRecord():
            return _event(wire, identity, ref)
        case ReactionRecord():
            return _reaction(wire, identity, ref)
        case AcceptRecord():
            return _acceptance(wire, identity, ref)
        case QuestionRecord():
            return _question(wire, identity, ref)
        case TopicRecord():
            return _topic(wire, identity, ref)
        case DeleteRecord():
            return Retraction(target=wire.target, ref=ref, at=wire.at)


def _post(wire: PostRecord, identity: Identity, ref: Ref) -> Post:
    def of_source(given: str) -> Ref:
        return Ref(wire.source, given)

    return Post(
        id=identity.public_id("post", ref),
        ref=ref,
        author=of_source(wire.author),
        community=identity.public_id("community", of_source(wire.community)) if wire.community else None,
        text=wire.text,
        created_at=wire.created_at,
        edited_at=wire.edited_at,
        thread=identity.thread(of_source(wire.thread)) if wire.thread is not None else None,
        reply_to=identity.public_id("post", of_source(wire.reply_to)) if wire.reply_to else None,
        kind=wire.post_kind,
        title=wire.title,
        format=wire.format,
        language=wire.lang,
        addressed=tuple(dict.fromkeys(map(of_source, wire.addressed))),
        url=wire.url,
    )


def _event(wire: InteractionRecord, identity: Identity, ref: Ref) -> Event:
    return Event(
        key=identity.record_key("interaction", ref),
        type=wire.type,
        at=wire.at,
        actor=Ref(wire.source, wire.from_) if wire.from_ else None,
        target=Ref(wire.source, wire.to) if wire.to else None,
        people=tuple(sorted(Ref(wire.source, person) for person in wire.people)),
        post=identity.public_id("post", Ref(wire.source, wire.post)) if wire.post else None,
        community=identity.public_id("community", Ref(wire.source, wire.community)) if wire.community else None,
        channel=wire.channel,
        minutes=wire.minutes,
    )


def _reaction(wire: ReactionRecord, identity: Identity, ref: Ref) -> Event:
    return Event(
        key=identity.record_key("reaction", ref),
        type="thanks" if wire.type == "thanks" else "reaction",
        at=wire.at,
        actor=Ref(wire.source, wire.author),
        post=identity.public_id("post", Ref(wire.source, wire.post)),
    )


def _acceptance(wire: AcceptRecord, identity: Identity, ref: Ref) -> Event:
    return Event(
        key=identity.record_key("accept", ref),
        type="acceptance",
        at=wire.at,
        actor=Ref(wire.source, wire.by) if wire.by else None,
        post=identity.public_id("post", Ref(wire.source, wire.answer)),
        question=identity.public_id("post", Ref(wire.source, wire.question)),
    )


def _question(wire: QuestionRecord, identity: Identity, ref: Ref) -> Event:
    def of_source(given: str) -> Ref:
        return Ref(wire.source, given)

    return Event(
        key=identity.record_key("question", ref),
        type="address",
        at=wire.at,
        actor=of_source(wire.asker),
        target=of_source(wire.asked),
        post=identity.public_id("post", of_source(wire.post)) if wire.post else None,
        community=identity.public_id("community", _community_of(wire) or BETWEEN_PEOPLE),
        asking=Asking(
            ref=ref,
            text=wire.text,
            topics=tuple(identity.public_id("topic", of_source(topic)) for topic in dict.fromkeys(wire.topics)),
            outcome=wire.outcome,
            redirected_to=of_source(wire.redirected_to) if wire.redirected_to else None,
            closed_at=wire.closed_at,
            closed_by=wire.closed_by if wire.outcome else None,
        ),
    )


def _community_of(wire: AnyRecord) -> Ref | None:
    """The community that a record names; a question that names none is asked between people."""
    if community := getattr(wire, "community", None):
        return Ref(wire.source, community)
    return BETWEEN_PEOPLE if isinstance(wire, QuestionRecord) else None


def _topic(wire: TopicRecord, identity: Identity, ref: Ref) -> Topic:
    def of_source(given: str) -> str:
        return identity.public_id("topic", Ref(wire.source, given))

    languages: tuple[Language, ...] = ("fr", "en")
    return Topic(
        id=identity.public_id("topic", ref),
        ref=ref,
        pref_label={lang: label for lang in languages if (label := getattr(wire.pref_label, lang))},
        alt_labels={lang: tuple(labels) for lang in languages if (labels := getattr(wire.alt_labels, lang))},
        broader=of_source(wire.broader) if wire.broader else None,
        related=tuple(map(of_source, wire.related)),
        uri=wire.uri,
        exact_match=tuple(wire.exact_match),
        close_match=tuple(wire.close_match),
        kind=wire.topic_kind,
    )


def _id_of(wire: AnyRecord) -> str:
    if isinstance(wire, ReactionRecord) and wire.id is None:
        return json.dumps([wire.post, wire.author, wire.type], ensure_ascii=False, separators=(",", ":"))
    if isinstance(wire, AcceptRecord) and wire.id is None:
        return wire.question
    return wire.id or ""


def _version(wire: AnyRecord) -> int:
    times = (getattr(wire, name, None) for name in ("edited_at", "closed_at", "created_at", "at"))
    at = next(filter(None, times), None)
    return version_at(at) if at else 0


def version_at(at: datetime) -> int:
    """The version of what was said at that time."""
    return (at - EPOCH) // timedelta(microseconds=1)


def _untimely(wire: AnyRecord, now: datetime) -> list[FieldError]:
    times = [(name, at) for name in ("created_at", "edited_at", "at", "closed_at") if (at := getattr(wire, name, None))]
    late = [FieldError(f"/{name}", "time_in_the_future") for name, at in times if at > now + AHEAD]
    return late + [FieldError(f"/{name}", "time_before_1970") for name, at in times if at < EPOCH]


def _not_theirs(wire: AnyRecord) -> list[FieldError]:
    kind: RecordKind = wire.target if isinstance(wire, DeleteRecord) else wire.kind
    if wire.source == EXTRACTED:
        return [FieldError("/source", "reserved_source")]
    return [FieldError("/source", "put_by_public_id")] if wire.source == API and kind in PUT_BY_ID else []


def _named(line: bytes, number: int) -> Entry:
    """An entry that says at least which record it was meant to be, where that can be read."""
    try:
        name = _Name.model_validate_json(line)
    except ValidationError:
        return Entry(number)
    ref = Ref(name.source, name.id) if name.source is not None and name.id is not None else None
    return Entry(number, kind=name.kind, ref=ref)


class _Name(BaseModel):
    kind: str | None = None
    source: str | None = None
    id: str | None = None


def _unique(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise DuplicateKey
    return found


def _pointer(code: str, place: tuple[int | str, ...]) -> str:
    if code in NAMED_BY_CODE:
        return NAMED_BY_CODE[code]
    return "".join("/" + str(step).replace("~", "~0").replace("/", "~1") for step in place)
