"""Topics over HTTP."""

from tests.app.client import Api
from tests.app.records import community, person, post

FIBRE = "La fibre monomode se nettoie avant chaque mesure."
TOPIC = {
    "kind": "topic",
    "source": "host",
    "id": "fibre",
    "pref_label": {"fr": "fibre monomode", "en": "optical fibre"},
}


def names(api: Api, address: str = "/v1/topics", **options: str) -> set[str]:
    """The French names of the topics listed."""
    return {item["pref_label"]["fr"] for item in api.get(address, **options).json()["items"]}


def test_topics_of_visible_posts_are_listed_with_their_counts(api: Api) -> None:
    results = api.send(TOPIC, person("ana"), post("p1", FIBRE, lang="fr"), post("p2", FIBRE, lang="fr"))
    first = api.get("/v1/topics?q=FIBRE MONOMODE").json()["items"][0]
    public = {"id": results[0]["public_id"], "pref_label": TOPIC["pref_label"]}
    assert first == {**public, "topic_kind": "professional", "posts": 2}


def test_a_topic_of_hidden_posts_is_not_listed(api: Api) -> None:
    results = api.send(
        person("ana"), community("lab", "ana", visibility="secret"), post("p1", FIBRE, community="lab", lang="fr")
    )
    key = api.key("experts:read", person=results[0]["public_id"])
    assert names(api) == set()
    assert names(api, token=key)
    hidden = api.get("/v1/topics", token=key).json()["items"][0]["id"]
    assert api.get(f"/v1/topics/{hidden}").status_code == 404
    assert api.get(f"/v1/topics/{hidden}", token=key).status_code == 200


def test_a_topic_that_a_source_sent_is_shown_before_anybody_mentions_it(sqlite_api: Api) -> None:
    topic = sqlite_api.send({**TOPIC, "alt_labels": {"fr": ["fibre"]}})[0]["public_id"]
    shown = sqlite_api.get(f"/v1/topics/{topic}").json()
    assert (shown["posts"], shown["alt_labels"]) == (0, {"fr": ["fibre"], "en": []})


def test_a_topic_found_in_posts_is_answered_by_the_one_a_source_sends_later(sqlite_api: Api) -> None:
    sqlite_api.send(person("ana"), post("p1", FIBRE, lang="fr"))
    found = next(item for item in sqlite_api.get("/v1/topics?q=fibre monomode").json()["items"])
    sent = sqlite_api.send({**TOPIC, "pref_label": found["pref_label"] | {"en": None}})[0]["public_id"]
    assert sqlite_api.get(f"/v1/topics/{found['id']}").json()["id"] == sent


def test_the_list_comes_in_pages_most_mentioned_first(sqlite_api: Api) -> None:
    sqlite_api.send(
        person("ana"), post("p1", FIBRE, lang="fr"), post("p2", "La soudure de la fibre monomode.", lang="fr")
    )
    whole = sqlite_api.get("/v1/topics").json()["items"]
    found, address = [], "/v1/topics?limit=1"
    while address:
        answer = sqlite_api.get(address)
        found += answer.json()["items"]
        address = answer.links["next"]["url"] if "next" in answer.links else ""
    assert found == whole and len(found) > 1
    assert whole[0]["posts"] == max(item["posts"] for item in whole)
