"""Lines become values, or errors that name the field."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.records import MAX_LINE_BYTES, Entry, parse_line
from graph.identity import Identity
from graph.model import Account, Community, Event, Post, Ref, Retraction, Topic

IDENTITY = Identity(b"test")
NOW = datetime(2026, 3, 1, tzinfo=UTC)
POST: dict[str, Any] = {
    "kind": "post",
    "source": "chat",
    "id": "1",
    "author": "ana",
    "community": None,
    "text": "Bonjour",
}
POST |= {"created_at": "2026-01-01T08:00:00+01:00"}
PERSON: dict[str, Any] = {"kind": "person", "source": "chat", "id": "ana", "name": "Ana"}


def parsed(record: dict[str, Any] | bytes) -> Entry:
    line = record if isinstance(record, bytes) else json.dumps(record).encode()
    return parse_line(line, number=7, identity=IDENTITY, now=NOW)


def wrong(record: dict[str, Any] | bytes) -> list[tuple[str, str]]:
    return [(error.pointer, error.code) for error in parsed(record).errors]


@pytest.mark.parametrize(
    ("record", "kind"),
    [
        (PERSON, Account),
        (POST, Post),
        ({"kind": "community", "source": "chat", "id": "c", "name": "c", "visibility": "public"}, Community),
        ({"kind": "topic", "source": "host", "id": "t", "pref_label": {"fr": "réseau"}}, Topic),
        (
            {
                "kind": "reaction",
                "source": "chat",
                "post": "1",
                "author": "b",
                "type": "+1",
                "at": "2026-01-01T00:00:00Z",
            },
            Event,
        ),
        ({"kind": "accept", "source": "chat", "question": "1", "answer": "2", "at": "2026-01-01T00:00:00Z"}, Event),
        ({"kind": "delete", "source": "chat", "target": "post", "id": "1", "at": "2026-01-01T00:00:00Z"}, Retraction),
    ],
)
def test_each_kind_of_record_becomes_its_value(record: dict[str, Any], kind: type) -> None:
    entry = parsed(record)
    assert entry.errors == ()
    assert isinstance(entry.record, kind)
    assert entry.line == 7


def test_a_post_keeps_what_was_sent_and_gets_ids_of_ours() -> None:
    post = parsed(POST | {"community": "c", "reply_to": "0", "thread": "t", "addressed": ["bob", "bob"]}).record
    assert isinstance(post, Post)
    assert (post.author, post.addressed) == (Ref("chat", "ana"), (Ref("chat", "bob"),))
    assert post.reply_to == IDENTITY.public_id("post", Ref("chat", "0"))
    assert post.community == IDENTITY.public_id("community", Ref("chat", "c"))
    assert post.created_at == datetime(2026, 1, 1, 7, tzinfo=UTC)


@pytest.mark.parametrize(
    ("record", "errors"),
    [
        (b"{", [("", "json_invalid")]),
        (b"[]", [("", "dict_type")]),
        (b'{"kind": "wish"}', [("/kind", "union_tag_invalid")]),
        (b'{"source": "chat"}', [("/kind", "union_tag_not_found")]),
        (PERSON | {"name": ""}, [("/name", "string_too_short")]),
        (PERSON | {"name": "A\x00"}, [("/name", "string_pattern_mismatch")]),
        (PERSON | {"nick": "a"}, [("/nick", "extra_forbidden")]),
        (PERSON | {"active": "yes"}, [("/active", "bool_type")]),
        (PERSON | {"source": "api"}, [("/source", "put_by_public_id")]),
        (PERSON | {"source": "quisait"}, [("/source", "reserved_source")]),
        (POST | {"created_at": "2026-01-01T08:00:00"}, [("/created_at", "timezone_aware")]),
        (POST | {"created_at": "2026-03-02T00:00:01Z"}, [("/created_at", "time_in_the_future")]),
        (POST | {"created_at": "0001-01-01T00:00:00+14:00"}, [("/created_at", "time_before_1970")]),
        (POST | {"created_at": "20260105"}, [("/created_at", "datetime_parsing")]),
        (POST | {"created_at": "1767254400000"}, [("/created_at", "datetime_parsing")]),
        (POST | {"addressed": [1]}, [("/addressed/0", "string_type")]),
    ],
)
def test_whatever_is_wrong_is_named(record: dict[str, Any] | bytes, errors: list[tuple[str, str]]) -> None:
    assert wrong(record) == errors


def test_one_day_ahead_is_not_too_far() -> None:
    assert wrong(POST | {"created_at": (NOW + timedelta(days=1)).isoformat()}) == []


def test_a_name_that_stands_twice_is_refused() -> None:
    assert wrong(b'{"kind":"person","source":"chat","id":"ana","name":"Ana","name":"Eve"}') == [("", "duplicate_key")]


def test_a_line_that_is_too_long_is_not_even_read() -> None:
    assert wrong(b"x" * (MAX_LINE_BYTES + 1)) == [("", "line_too_long")]


def test_a_refused_line_still_says_which_record_it_was() -> None:
    entry = parsed(PERSON | {"name": 3})
    assert (entry.kind, entry.ref) == ("person", Ref("chat", "ana"))


def test_only_an_address_that_is_given_is_verified() -> None:
    for address in ({}, {"email": None}):
        assert wrong(PERSON | address | {"email_verified": True}) == [("/email", "email_expected")]
        assert wrong(PERSON | address | {"email_verified": False}) == []


@pytest.mark.parametrize("people", [["a"], ["a", "a"], ["a", "b"]])
def test_thanks_take_two_people_and_no_list(people: list[str]) -> None:
    event = {"kind": "interaction", "source": "chat", "id": "1", "type": "thanks", "at": "2026-01-01T00:00:00Z"}
    assert wrong(event | {"people": people}) == [("/people", "meeting_expected")]
    assert wrong(event | {"from": "a", "to": "a"}) == [("/to", "two_people_expected")]
    assert wrong(event | {"from": "a"}) == [("/to", "to_expected")]
    assert wrong(event | {"to": "a"}) == [("/from", "from_expected")]
    assert wrong(event) == [("/from", "from_expected")]
    assert wrong(event | {"type": "meeting"}) == [("/people", "meeting_expected")]
    assert wrong(event | {"from": "a", "to": "b"}) == []


def test_short_forms_get_the_ids_that_the_format_says() -> None:
    reaction = {
        "kind": "reaction",
        "source": "chat",
        "post": "1",
        "author": "é",
        "type": "+1",
        "at": "2026-01-01T00:00:00Z",
    }
    accept = {"kind": "accept", "source": "chat", "question": "1", "answer": "2", "at": "2026-01-01T00:00:00Z"}
    assert parsed(reaction).ref == Ref("chat", '["1","é","+1"]')
    assert parsed(accept).ref == Ref("chat", "1")


def test_a_deletion_has_the_key_of_its_target() -> None:
    delete = {"kind": "delete", "source": "chat", "target": "post", "id": "1", "at": "2026-01-01T00:00:00Z"}
    assert parsed(delete).key == parsed(POST).key


def test_the_same_content_has_the_same_digest_whatever_its_order() -> None:
    assert parsed(POST).digest == parsed(dict(reversed(POST.items()))).digest
    assert parsed(POST).digest != parsed(POST | {"text": "Bonsoir"}).digest


@given(st.binary(max_size=400) | st.text(max_size=200).map(str.encode))
def test_no_bytes_are_too_strange_to_be_refused(line: bytes) -> None:
    entry = parsed(line)
    assert (entry.record is None) == bool(entry.errors)


@given(
    st.recursive(
        st.none() | st.booleans() | st.floats() | st.text(), lambda x: st.lists(x) | st.dictionaries(st.text(), x)
    )
)
def test_no_json_is_too_strange_to_be_refused(value: object) -> None:
    assert parsed(json.dumps({**POST, "addressed": value}).encode()).line == 7
