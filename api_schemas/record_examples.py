"""An example of each record, as a source would send it."""

from typing import Any, Final

PERSON: Final = {
    "kind": "person",
    "source": "slack:T01",
    "id": "U01",
    "name": "Awa Diop",
    "email": "awa@ex.fr",
    "email_verified": True,
    "department": "Réseaux",
    "site": "Lyon",
    "languages": ["fr", "en"],
}
COMMUNITY: Final = {
    "kind": "community",
    "source": "slack:T01",
    "id": "C01",
    "name": "reseau-optique",
    "purpose": "Transport optique",
    "visibility": "members",
    "members": [{"person": "U01", "role": "lead"}, {"person": "U02"}],
}
POST: Final = {
    "source": "slack:T01",
    "id": "C01/1767254400.000100",
    "author": "U01",
    "community": "C01",
    "thread": "C01/1767254300.000000",
    "reply_to": "C01/1767254300.000000",
    "post_kind": "answer",
    "created_at": "2026-01-01T08:00:00Z",
    "text": "Vérifie la grille ITU, 50 GHz",
    "addressed": ["U02"],
    "lang": "fr",
}
INTERACTION: Final = {
    "kind": "interaction",
    "source": "slack:T01",
    "id": "m1",
    "type": "meeting",
    "people": ["U01", "U02", "U03"],
    "channel": "in_person",
    "at": "2026-01-05T09:00:00+01:00",
    "minutes": 45,
}
REACTION: Final = {
    "kind": "reaction",
    "source": "slack:T01",
    "post": "C01/1767254400.000100",
    "author": "U02",
    "type": "thumbsup",
    "at": "2026-01-01T09:00:00Z",
}
ACCEPT: Final = {
    "kind": "accept",
    "source": "se:coffee",
    "question": "q1",
    "answer": "a7",
    "at": "2026-01-02T08:00:00Z",
}
TOPIC: Final = {
    "kind": "topic",
    "source": "host",
    "id": "dwdm",
    "pref_label": {"fr": "multiplexage DWDM", "en": "DWDM"},
    "alt_labels": {"en": ["dense wavelength multiplexing"]},
    "broader": "optics",
}
DELETE: Final = {
    "kind": "delete",
    "source": "slack:T01",
    "target": "post",
    "id": "C01/1767254400.000100",
    "at": "2026-02-01T00:00:00Z",
}
EXAMPLES: Final[dict[str, dict[str, Any]]] = {
    "PersonRecord": PERSON,
    "CommunityRecord": COMMUNITY,
    "PostFields": POST,
    "PostRecord": {"kind": "post", **POST},
    "InteractionRecord": INTERACTION,
    "ReactionRecord": REACTION,
    "AcceptRecord": ACCEPT,
    "TopicRecord": TOPIC,
    "DeleteRecord": DELETE,
    "Record": {"kind": "post", **POST},
    "MemberRecord": {"person": "U01", "role": "lead"},
    "Labels": {"fr": "multiplexage DWDM", "en": "DWDM"},
    "AltLabels": {"fr": [], "en": ["dense wavelength multiplexing"]},
}
