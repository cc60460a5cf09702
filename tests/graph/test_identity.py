"""Our own ids: the same for the same thing, told by nobody without the secret."""

import re

from graph.identity import API, Identity
from graph.model import Ref

IDENTITY = Identity(b"secret")
PUBLIC_ID = re.compile(r"(per|com|pst|top)_[A-Za-z0-9_-]{1,64}")


def test_the_same_thing_has_the_same_id_every_time() -> None:
    assert IDENTITY.public_id("post", Ref("chat", "1")) == Identity(b"secret").public_id("post", Ref("chat", "1"))


def test_ids_differ_by_kind_source_id_and_secret() -> None:
    ids = {
        IDENTITY.public_id("person", Ref("chat", "1")),
        IDENTITY.public_id("person", Ref("forum", "1")),
        IDENTITY.public_id("person", Ref("chat", "2")),
        IDENTITY.public_id("community", Ref("chat", "1")),
        Identity(b"other").public_id("person", Ref("chat", "1")),
    }
    assert len(ids) == 5
    assert all(PUBLIC_ID.fullmatch(public_id) for public_id in ids)


def test_source_and_id_cannot_be_shifted_into_each_other() -> None:
    assert IDENTITY.record_key("post", Ref("a", "bc")) != IDENTITY.record_key("post", Ref("ab", "c"))


def test_people_and_communities_put_by_public_id_keep_it() -> None:
    assert IDENTITY.public_id("person", Ref(API, "per_ana")) == "per_ana"
    assert IDENTITY.public_id("community", Ref(API, "com_tech")) == "com_tech"


def test_nobody_can_choose_the_id_of_another_kind() -> None:
    assert IDENTITY.public_id("person", Ref(API, "com_tech")) != "com_tech"
    assert IDENTITY.public_id("post", Ref(API, "pst_1")) != "pst_1"


def test_the_secret_is_not_shown() -> None:
    assert "secret" not in repr(IDENTITY)
