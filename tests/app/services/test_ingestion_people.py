"""Whose account is whose: joined by verified addresses or explicitly, each with its posts, and parted again."""

from collections.abc import Sequence
from typing import Any

import pytest

from api_schemas.records import PersonFields
from app.records import account_of
from app.services.ingestion import Ingestion
from graph.identity import API
from graph.model import Ref
from graph.store import GraphStore
from tests.app.services.sending import IDENTITY, THREAD, Send, everything, id_of, person, post, seen

ADDRESS = {"email": "ana@ex.fr", "email_verified": True}
NO_ADDRESS = {"email": None, "email_verified": False}
AS_ANA = (person("ana", **ADDRESS), person("zoe", source="forum", **ADDRESS), person("kim", **ADDRESS))


def put(ingestion: Ingestion, public_id: str, *, accounts: Sequence[Ref] | None) -> None:
    fields = PersonFields(name="Ana Diop")
    ingestion.put_person(account_of(fields, ref=Ref(API, public_id), person=public_id), accounts=accounts)


def test_verified_addresses_of_trusted_sources_join_accounts(store: GraphStore, send: Send) -> None:
    address = {"email": "Ana@ex.fr", "email_verified": True}
    send(person("ana", **address))
    send(
        person("a.diop", source="forum", **address | {"email": "ana@ex.fr"}), post("f", source="forum", author="a.diop")
    )
    assert seen(store, "ana").accounts == (Ref("chat", "ana"), Ref("forum", "a.diop"))


def test_joined_accounts_stay_one_person_when_they_are_sent_again(store: GraphStore, send: Send) -> None:
    ana, zoe, _ = AS_ANA
    send(ana, zoe)
    send(zoe | {"site": "Lyon"}, ana | {"site": "Lyon"})
    assert seen(store, "ana").accounts == (Ref("chat", "ana"), Ref("forum", "zoe"))


@pytest.mark.parametrize(
    "fields",
    [{"email_verified": False}, {"source": "elsewhere"}, {"email": "eve@ex.fr"}, {"name": "Ana", **NO_ADDRESS}],
)
def test_nothing_less_joins_accounts(store: GraphStore, send: Send, fields: dict[str, Any]) -> None:
    said = {"source": "forum", "email": "ana@ex.fr", "email_verified": True}
    send(person("ana", email="ana@ex.fr", email_verified=True), person("a.diop", **said | fields))
    assert seen(store, "ana").accounts == (Ref("chat", "ana"),)


@pytest.mark.parametrize("change", [{"email": "new@ex.fr"}, {"email_verified": False}, NO_ADDRESS])
@pytest.mark.parametrize("who", range(3))
def test_who_shares_the_address_no_more_is_a_person_of_their_own_again(
    store: GraphStore, send: Send, who: int, change: dict[str, Any]
) -> None:
    written = [post(one["id"], source=one["source"], author=one["id"]) for one in AS_ANA]
    send(*AS_ANA, *written)
    send(AS_ANA[who] | change)
    refs = [Ref(one["source"], one["id"]) for one in AS_ANA]
    alone = refs.pop(who)
    own, together = id_of(alone.id, source=alone.source), id_of(refs[0].id, source=refs[0].source)
    assert seen(store, own).accounts == (alone,)
    assert seen(store, together).accounts == tuple(sorted(refs))
    people = {row.number: row.id for row in everything(store).people}
    authors = {IDENTITY.public_id("post", ref): together for ref in refs}
    authors[IDENTITY.public_id("post", alone)] = own
    assert {row.id: people[row.author] for row in everything(store).posts} == authors


def test_who_takes_the_address_back_is_joined_again(store: GraphStore, send: Send) -> None:
    send(*AS_ANA)
    send(AS_ANA[0] | {"email": "new@ex.fr"})
    send(AS_ANA[0])
    assert len(seen(store, id_of("zoe", source="forum")).accounts) == 3


def test_accounts_that_take_the_same_new_address_stay_one_person(store: GraphStore, send: Send) -> None:
    send(*AS_ANA)
    for one in AS_ANA:
        send(one | {"email": "new@ex.fr"})
    assert len(seen(store, "ana").accounts) == 3


def test_a_newcomer_never_joins_who_leaves_the_address(store: GraphStore, send: Send) -> None:
    send(AS_ANA[0])
    send(AS_ANA[2], AS_ANA[0] | {"email_verified": False})
    assert seen(store, "ana").accounts == (Ref("chat", "ana"),)
    assert seen(store, "kim").accounts == (Ref("chat", "kim"),)


def test_putting_a_person_names_them_and_moves_accounts_with_their_posts(
    store: GraphStore, send: Send, ingestion: Ingestion
) -> None:
    send(*THREAD)
    put(ingestion, "per_diop", accounts=[Ref("chat", "ana"), Ref("chat", "bob")])
    assert (seen(store, "per_diop").name, len(seen(store, "per_diop").accounts)) == ("Ana Diop", 2)
    numbers = {row.id: row.number for row in everything(store).people}
    assert {row.author for row in everything(store).posts} == {numbers["per_diop"]}


def test_a_dropped_account_gets_a_person_of_its_own_again(store: GraphStore, send: Send, ingestion: Ingestion) -> None:
    send(*THREAD)
    put(ingestion, "per_diop", accounts=[Ref("chat", "ana"), Ref("chat", "bob")])
    put(ingestion, "per_diop", accounts=[Ref("chat", "ana")])
    assert seen(store, "per_diop").accounts == (Ref("chat", "ana"),)
    assert seen(store, "bob").accounts == (Ref("chat", "bob"),)


def test_dropping_the_first_account_of_a_person_makes_another_person(
    store: GraphStore, send: Send, ingestion: Ingestion
) -> None:
    send(*THREAD)
    put(ingestion, id_of("ana"), accounts=[])
    assert seen(store, id_of("ana")).accounts == ()
    assert len({row.id for row in everything(store).people}) == 4


@pytest.mark.parametrize("source", ["chat", "forum"])
def test_accounts_joined_explicitly_stay_so_whatever_their_addresses(
    store: GraphStore, send: Send, ingestion: Ingestion, source: str
) -> None:
    send(*AS_ANA[:2])
    put(ingestion, id_of("ana"), accounts=[Ref("chat", "ana"), Ref("forum", "zoe")])
    send(*(one | {"email": "new@ex.fr"} for one in AS_ANA[:2] if one["source"] == source))
    assert len(seen(store, "ana").accounts) == 2


def test_who_joined_by_the_address_of_a_pinned_account_leaves_when_that_changes(
    store: GraphStore, send: Send, ingestion: Ingestion
) -> None:
    send(AS_ANA[0])
    put(ingestion, "per_diop", accounts=[Ref("chat", "ana")])
    send(AS_ANA[1])
    assert len(seen(store, "per_diop").accounts) == 2
    send(AS_ANA[0] | {"email": "new@ex.fr"})
    assert seen(store, "per_diop").accounts == (Ref("chat", "ana"),)
    assert seen(store, id_of("zoe", source="forum")).accounts == (Ref("forum", "zoe"),)
