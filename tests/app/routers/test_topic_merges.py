"""Topics that are one, over HTTP."""

from typing import Any

from tests.app.client import JSON, Api
from tests.app.records import community, deletion, person, post

PLAN = "Le banc d'essai vibratoire (BEV) est testé chaque année."
AGAIN = "Sans banc d'essai vibratoire (BEV), pas d'assurance."
SHORT = "Le BEV dort dans un hangar."
FIBRE = {"kind": "topic", "source": "host", "id": "fibre", "pref_label": {"fr": "fibre monomode"}}
LASER = {"kind": "topic", "source": "host", "id": "laser", "pref_label": {"fr": "pied articulé"}}


def topic(api: Api, name: str, **options: Any) -> dict[str, Any] | None:
    """The topic that the list calls so in French."""
    items = api.get(f"/v1/topics?q={name}", **options).json()["items"]
    return next((item for item in items if item["pref_label"]["fr"] == name), None)


def merge(api: Api, one: str, into: str, **headers: str) -> int:
    """The status that merging answers."""
    return api.request("POST", f"/v1/topics/{one}/merge", json={"into": into}, headers={**JSON, **headers}).status_code


def undo(api: Api, one: str) -> int:
    """The status that taking it back answers."""
    return api.request("DELETE", f"/v1/topics/{one}/merge").status_code


def suggested(api: Api, **options: Any) -> list[dict[str, Any]]:
    """All suggestions."""
    return api.get("/v1/topics/merge-suggestions", **options).json()["items"]


class TestAcronyms:
    def test_an_acronym_counts_as_the_long_form_that_two_authors_give(self, api: Api) -> None:
        api.send(person("ana"), person("bob"), post("p1", PLAN, lang="fr"), post("p3", SHORT, lang="fr"))
        [found] = suggested(api)
        assert (found["reason"], found["authors"], len(found["evidence"])) == ("acronym", 1, 1)
        assert topic(api, "BEV")
        api.send(post("p2", AGAIN, author="bob", lang="fr"))
        assert suggested(api) == []
        whole = topic(api, "banc d'essai vibratoire")
        assert whole is not None and whole["posts"] == 3
        assert topic(api, "BEV") is None

    def test_a_post_taken_back_takes_back_its_definition(self, api: Api) -> None:
        api.send(person("ana"), post("p1", PLAN, lang="fr"), post("p2", AGAIN, author="bob", lang="fr"))
        assert topic(api, "BEV") is None
        api.send(deletion("post", "p2"))
        assert topic(api, "BEV")
        assert [found["authors"] for found in suggested(api)] == [1]

    def test_two_long_forms_leave_it_to_people(self, sqlite_api: Api) -> None:
        other = "Le bureau des études de voirie (BEV) est voté."
        texts = {"p1": PLAN, "p2": AGAIN, "p3": other, "p4": other}
        authors = ("ana", "bob", "ana", "bob")
        sqlite_api.send(
            *(
                post(key, text, author=author, lang="fr")
                for (key, text), author in zip(texts.items(), authors, strict=True)
            )
        )
        assert topic(sqlite_api, "BEV")
        assert [found["authors"] for found in suggested(sqlite_api)] == [2, 2]

    def test_what_somebody_told_apart_stays_apart(self, api: Api) -> None:
        api.send(person("ana"), post("p1", PLAN, lang="fr"), post("p3", SHORT, lang="fr"))
        short = topic(api, "BEV")
        api.send(post("p2", AGAIN, author="bob", lang="fr"))
        assert short is not None and undo(api, short["id"]) == 204
        assert topic(api, "BEV")
        assert suggested(api) == []
        assert undo(api, short["id"]) == 404

    def test_a_definition_in_a_secret_place_moves_nothing_for_others(self, api: Api) -> None:
        sent = api.send(
            person("ana"),
            community("lab", "ana", visibility="secret"),
            post("p1", PLAN, lang="fr"),
            post("p2", AGAIN, author="bob", community="lab", lang="fr"),
        )
        key = api.key("experts:read", "admin", person=sent[0]["public_id"])
        assert topic(api, "BEV") and topic(api, "BEV", token=key) is None
        assert suggested(api, token=key) == []
        [found] = suggested(api)
        assert (found["authors"], found["evidence"]) == (1, [sent[2]["public_id"]])


class TestMerging:
    def test_lists_answers_and_profile_follow_and_come_back(self, api: Api) -> None:
        sent = api.send(
            FIBRE,
            LASER,
            person("ana"),
            post("p1", "La fibre monomode.", lang="fr"),
            post("p2", "Le pied articulé tient.", lang="fr"),
        )
        fibre, laser, ana = (sent[place]["public_id"] for place in range(3))
        assert merge(api, laser, fibre) == 204
        assert api.get(f"/v1/topics/{laser}").json()["id"] == fibre
        assert api.get(f"/v1/topics/{fibre}").json()["posts"] == 2
        known = api.get(f"/v1/people/{ana}/expertise").json()["items"]
        assert [(item["topic"], item["posts"]) for item in known] == [(fibre, 2)]
        assert api.get(f"/v1/topics/{laser}/experts").json() == api.get(f"/v1/topics/{fibre}/experts").json()
        api.send({**LASER, "pref_label": {"fr": "soudage"}})
        assert api.get(f"/v1/topics/{fibre}").json()["posts"] == 2
        assert undo(api, laser) == 204
        assert {item["id"] for item in api.get("/v1/topics").json()["items"]} >= {fibre, laser}

    def test_a_circle_is_refused(self, api: Api) -> None:
        fibre, laser = (result["public_id"] for result in api.send(FIBRE, LASER))
        assert merge(api, fibre, fibre) == 409
        assert merge(api, laser, fibre) == merge(api, laser, fibre) == 204
        assert merge(api, fibre, laser) == 409

    def test_only_the_version_that_somebody_saw_is_merged(self, sqlite_api: Api) -> None:
        fibre, laser = (result["public_id"] for result in sqlite_api.send(FIBRE, LASER))
        seen = sqlite_api.get(f"/v1/topics/{laser}").headers["ETag"]
        assert merge(sqlite_api, laser, fibre, **{"If-Match": '"other"'}) == 412
        assert merge(sqlite_api, laser, fibre, **{"If-Match": seen}) == 204

    def test_a_version_stays_the_same_when_somebody_writes_about_the_topic(self, api: Api) -> None:
        fibre, laser = (result["public_id"] for result in api.send(FIBRE, LASER))
        seen = api.get(f"/v1/topics/{laser}").headers["ETag"]
        api.send(person("ana"), post("p1", "Le pied articulé tient.", lang="fr"))
        assert api.get(f"/v1/topics/{laser}", headers={"If-None-Match": seen}).json()["posts"] == 1
        assert merge(api, laser, fibre, **{"If-Match": seen}) == 204

    def test_an_unknown_topic_is_named_by_its_field(self, sqlite_api: Api) -> None:
        [fibre] = (result["public_id"] for result in sqlite_api.send(FIBRE))
        answer = sqlite_api.request("POST", f"/v1/topics/{fibre}/merge", json={"into": "top_x"}, headers=JSON)
        assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "/into")
        assert merge(sqlite_api, "top_x", fibre) == 404

    def test_a_topic_merged_into_a_secret_one_stands_for_itself_for_others(self, api: Api) -> None:
        sent = api.send(
            LASER,
            person("ana"),
            community("lab", "ana", visibility="secret"),
            post("p1", "Le pied articulé tient.", lang="fr"),
            post("p2", "Le projet Icare avance.", community="lab", lang="fr"),
        )
        key = api.key("experts:read", "admin", person=sent[1]["public_id"])
        hidden = api.get("/v1/topics?q=icare", token=key).json()["items"][0]["id"]
        before = api.get("/v1/topics").json()
        headers = {**JSON, "Authorization": f"Bearer {key}"}
        assert merge(api, sent[0]["public_id"], hidden) == 422
        address = f"/v1/topics/{sent[0]['public_id']}/merge"
        assert api.request("POST", address, json={"into": hidden}, headers=headers, token=key).status_code == 204
        assert api.get(f"/v1/topics/{sent[0]['public_id']}", token=key).json()["id"] == hidden
        assert api.get("/v1/topics").json() == before


class TestSuggestions:
    def test_pairs_come_surest_first_and_in_pages(self, sqlite_api: Api) -> None:
        sqlite_api.send(
            {**FIBRE, "exact_match": ["http://x/1"]},
            {**LASER, "uri": "http://x/1"},
            {**LASER, "id": "other", "pref_label": {"fr": "maser"}, "alt_labels": {"fr": ["Pied articulé"]}},
        )
        found, address = [], "/v1/topics/merge-suggestions?limit=1"
        while address:
            answer = sqlite_api.get(address)
            found += answer.json()["items"]
            address = answer.links["next"]["url"] if "next" in answer.links else ""
        assert [pair["reason"] for pair in found] == ["same_uri", "shared_name"]

    def test_nobody_is_asked_twice(self, sqlite_api: Api) -> None:
        sent = sqlite_api.send({**FIBRE, "uri": "http://x/1"}, {**LASER, "uri": "http://x/1"})
        fibre, laser = (result["public_id"] for result in sent)
        assert merge(sqlite_api, laser, fibre) == 204
        assert suggested(sqlite_api) == []
        assert undo(sqlite_api, laser) == 204
        assert suggested(sqlite_api) == []


class TestNames:
    def test_a_topic_is_called_as_most_visible_posts_spell_it(self, api: Api) -> None:
        spelt = ("Banc vibrant", "Bancs vibrants", *["Banc vibrant"] * 2)
        sent = api.send(
            person("ana"),
            community("lab", "ana", visibility="secret"),
            *(post(f"p{place}", f"{text}.", community="lab", lang="fr") for place, text in enumerate(spelt)),
            post("p9", "Bancs vibrants.", lang="fr"),
        )
        key = api.key("experts:read", person=sent[0]["public_id"])
        for_all = {item["id"]: item["pref_label"]["fr"] for item in api.get("/v1/topics").json()["items"]}
        for_ana = {item["id"]: item["pref_label"]["fr"] for item in api.get("/v1/topics", token=key).json()["items"]}
        assert for_all.keys() == for_ana.keys()
        assert "Bancs vibrants" in for_all.values()
        assert "Banc vibrant" in for_ana.values()
        assert "Banc vibrant" not in for_all.values()
