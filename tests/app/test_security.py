"""Keys and viewers."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from app.security import SCOPES, Access, Unauthenticated
from graph.adapters.sqlite.store import SqliteGraphStore
from graph.errors import Conflict, NotFound
from graph.store import GraphStore
from tests.builders import an_account, put

NOW = datetime(2026, 1, 5, 12, tzinfo=UTC)


@pytest.fixture
def access(sqlite_store: SqliteGraphStore) -> Access:
    """Keys of an empty store, at noon."""
    return Access(sqlite_store, lambda: NOW)


def test_a_key_is_known_again_with_its_rights(store: GraphStore) -> None:
    access = Access(store, lambda: NOW)
    key, token = access.create_key("portal", scopes=["experts:read"], person="per_ana")
    holder = access.authenticate(token)
    assert (holder.key, holder.scopes, holder.person) == (key.id, {"experts:read"}, "per_ana")


def test_a_key_has_256_random_bits_and_is_kept_as_a_hash_only(access: Access) -> None:
    key, token = access.create_key("portal", scopes=[])
    other = access.create_key("portal", scopes=[])[1]
    assert token.startswith("qst_") and len(token) == 47 and token != other
    assert token not in repr(access.keys()) and key.hash in repr(access.keys())


def test_an_expired_a_revoked_and_an_unknown_key_are_refused_alike(access: Access) -> None:
    expired = access.create_key("old", scopes=SCOPES, expires_at=NOW)[1]
    key, revoked = access.create_key("lost", scopes=SCOPES, expires_at=NOW + timedelta(days=1))
    access.authenticate(revoked)
    access.revoke(key.id)
    for token in (expired, revoked, "qst_unknown", "", key.hash):
        with pytest.raises(Unauthenticated):
            access.authenticate(token)


def test_a_key_that_does_not_exist_cannot_be_revoked(access: Access) -> None:
    with pytest.raises(NotFound):
        access.revoke("key_unknown")


def test_a_scope_that_does_not_exist_is_refused(access: Access) -> None:
    with pytest.raises(Conflict, match=r"everything:write; there are: act-as admin .*questions:write records:write"):
        access.create_key("portal", scopes=["experts:read", "everything:write"])


def test_a_viewer_without_a_person_reads_what_is_public(access: Access) -> None:
    assert access.viewer(None).communities == {0}
    assert access.viewer("per_unknown").communities == {0}
    assert not access.knows("per_unknown")


def test_who_is_inactive_reads_nothing_and_no_key_of_theirs_is_known(store: GraphStore) -> None:
    access = Access(store, lambda: NOW)
    ana = an_account("ana")
    token = access.create_key("hers", scopes=["experts:read"], person=ana.person)[1]
    put(store, ana)
    assert access.authenticate(token).person == ana.person
    assert access.knows(ana.person) and access.viewer(ana.person).communities == {0}
    put(store, replace(ana, is_active=False))
    assert not access.knows(ana.person) and access.viewer(ana.person).communities == set()
    with pytest.raises(Unauthenticated):
        access.authenticate(token)
