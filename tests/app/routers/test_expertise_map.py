"""The expertise map over HTTP: equal to a recount, the same for everybody, withheld in every format."""

import csv
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Iterator, Mapping
from io import StringIO
from typing import Any

import pytest

from tests.app.client import Api
from tests.app.records import community, deletion, person, post

MAP = "/v1/expertise-map"
TOPICS = {
    "fibre": {"fr": "fibre optique", "en": "optical fibre"},
    "python": {"fr": "Python", "en": "Python"},
}
TEXTS = {"fibre": "La fibre optique se nettoie.", "python": "Un script Python suffit.", "none": "Bonjour à tous."}
DEPARTMENTS = {"Réseaux": 9, "Achats": 9, "Atelier": 3, "Direction": 6, "Stock": 6}
SILENT = ("Direction", "Stock")


def topic(key: str, **fields: Any) -> dict[str, Any]:
    return {"kind": "topic", "source": "host", "id": key, "pref_label": TOPICS[key], **fields}


def company() -> Iterator[dict[str, Any]]:
    """Departments at two sites; what number n of a department wrote follows from n."""
    for key in TOPICS:
        yield topic(key)
    yield community("lab", visibility="public")
    for department, size in DEPARTMENTS.items():
        for n in range(size):
            key = f"{department}-{n}"
            yield person(key, department=department, site="Lyon" if n < 7 else "Nantes")
            subject = "none" if department in SILENT else "fibre" if n < 6 else "python" if n < 8 else "none"
            kind = "question" if n == 5 else "comment" if n == 4 else "answer"
            place = "lab" if n % 2 else None
            yield post(f"{key}/1", TEXTS[subject], author=key, community=place, lang="fr", post_kind=kind)


def recounted(records: list[dict[str, Any]], rows: str, subject: str) -> Counter[str | None]:
    """How many people hold a topic, post by post: everybody who wrote one about it that is no question."""
    people = {record["id"]: record for record in records if record["kind"] == "person"}
    holders = {
        (record["author"], record["community"] if rows == "community" else people[record["author"]][rows])
        for record in records
        if record["kind"] == "post" and record["post_kind"] != "question" and TOPICS[subject]["fr"] in record["text"]
    }
    return Counter(group for _, group in holders)


def cells(body: Mapping[str, Any]) -> dict[tuple[str | None, str], Any]:
    """The cells by the names of row and topic."""
    return {
        (row["label"], column["pref_label"]["fr"]): cell
        for row, line in zip(body["rows"], body["cells"], strict=True)
        for column, cell in zip(body["columns"], line, strict=True)
    }


@pytest.mark.parametrize("rows", ["department", "site", "community"])
def test_every_cell_of_five_people_equals_a_recount(api: Api, rows: str) -> None:
    records = list(company())
    api.send(*records)
    shown = cells(api.get(f"{MAP}?rows={rows}").json())
    for subject, labels in TOPICS.items():
        expected = {group: count for group, count in recounted(records, rows, subject).items() if count >= 5 and group}
        found = {row: cell["people"] for (row, label), cell in shown.items() if label == labels["fr"] and cell}
        assert found == expected, subject
    assert any(shown.values())


def test_cells_say_since_which_quarter_half_of_their_people_wrote(sqlite_api: Api) -> None:
    sqlite_api.send(topic("fibre"))
    for n, day in enumerate(("2025-02-03", "2025-05-04", "2025-08-05", "2025-11-06", "2025-12-07")):
        key = f"p{n}"
        written = post(key, TEXTS["fibre"], author=key, lang="fr", created_at=f"{day}T12:00:00Z")
        sqlite_api.send(person(key, department="A"), written)
    shown = cells(sqlite_api.get(MAP).json())
    assert shown["A", "fibre optique"] == {"people": 5, "half_since": "2025-07-01"}


def test_a_small_cell_is_withheld_in_every_format(sqlite_api: Api) -> None:
    sqlite_api.send(*company())
    body = sqlite_api.get(MAP).json()
    assert cells(body)["Atelier", "fibre optique"] is None and body["fewest"] == 5
    lines = list(csv.reader(StringIO(sqlite_api.get(f"{MAP}?format=csv").text)))
    assert ["Atelier", "optical fibre", "withheld", ""] in lines
    picture = ET.fromstring(sqlite_api.get(f"{MAP}?format=svg").content)
    assert "Atelier, optical fibre: withheld" in [found.text for found in picture.findall(".//{*}title")]
    withheld = sum(cell is None for line in body["cells"] for cell in line)
    assert sum(line[2] == "withheld" for line in lines) == withheld


def test_everybody_gets_the_same_map(api: Api) -> None:
    """Else two people's maps, set against each other, would tell what somebody wrote behind closed doors."""
    *_, last = results = api.send(
        *company(),
        person("eve", department="Réseaux", site="Lyon"),
        community("closed", "eve", visibility="members"),
        community("secret", "eve", visibility="secret"),
        post("s1", TEXTS["fibre"], author="eve", community="closed", lang="fr"),
        post("s2", TEXTS["fibre"], author="eve", community="secret", lang="fr"),
    )
    assert last["outcome"] == "created"
    [eve] = [found["public_id"] for found in results if found["kind"] == "person"][-1:]
    keys = (api.key("analytics:read"), api.key("analytics:read", person=eve))
    for rows in ("department", "site", "community"):
        maps = [api.get(f"{MAP}?rows={rows}", token=key).json() for key in keys]
        assert maps[0] == maps[1]
        assert {row["label"] for row in maps[0]["rows"]}.isdisjoint({"closed", "secret"})
    assert cells(api.get(MAP).json())["Réseaux", "fibre optique"]["people"] == 5


def test_interests_never_reach_the_map(api: Api) -> None:
    records = list(company())
    chats = [{**record, "community": "lab"} for record in records if record["kind"] == "post"]
    api.send(*records, *chats, community("lab", community_kind="interest"))
    assert not cells(api.get(MAP).json())
    assert "lab" not in {row["label"] for row in api.get(f"{MAP}?rows=community").json()["rows"]}


def test_an_interest_topic_is_no_column(sqlite_api: Api) -> None:
    sqlite_api.send(*company(), topic("fibre", topic_kind="interest"))
    for columns in ("topic", "broader"):
        shown = sqlite_api.get(f"{MAP}?columns={columns}").json()["columns"]
        assert "fibre optique" not in {column["pref_label"]["fr"] for column in shown}


def test_people_who_left_and_posts_that_are_gone_do_not_count(api: Api) -> None:
    api.send(*company())
    assert cells(api.get(MAP).json())["Réseaux", "fibre optique"]["people"] == 5
    api.send(person("Réseaux-0", department="Réseaux", active=False))
    assert ("Réseaux", "fibre optique") not in {key for key, cell in cells(api.get(MAP).json()).items() if cell}
    api.send(person("Réseaux-0", department="Réseaux"), deletion("post", "Achats-0/1"))
    again = cells(api.get(MAP).json())
    assert again["Réseaux", "fibre optique"]["people"] == 5
    assert again["Achats", "fibre optique"] is None


def test_a_larger_cell_is_withheld_where_all_others_would_tell_what_a_small_one_holds(sqlite_api: Api) -> None:
    """Departments and sites count the same people, so what departments leave out of a topic's total is known."""
    sqlite_api.send(*(record for record in company() if record.get("department") not in SILENT))
    sites, departments = (cells(sqlite_api.get(f"{MAP}?rows={rows}").json()) for rows in ("site", "department"))
    assert sites["Lyon", "fibre optique"]["people"] == 13
    shown = {row: cell["people"] for (row, label), cell in departments.items() if cell and label == "fibre optique"}
    assert shown == {"Réseaux": 5}  # with 5 of Achats, 3 of Atelier would be known


def test_who_moves_counts_in_the_new_department(sqlite_api: Api) -> None:
    sqlite_api.send(*company())
    sqlite_api.get(MAP)
    sqlite_api.send(*(person(f"Atelier-{n}", department="Réseaux") for n in range(3)))
    assert cells(sqlite_api.get(MAP).json())["Réseaux", "fibre optique"]["people"] == 8


def test_topics_count_as_the_broadest_above_them(sqlite_api: Api) -> None:
    optics = {"kind": "topic", "source": "host", "id": "optics", "pref_label": {"fr": "optique", "en": "optics"}}
    sqlite_api.send(*company(), optics, topic("fibre", broader="optics"), topic("python", broader="optics"))
    both = [post(f"b{n}", TEXTS["python"], author=f"Achats-{n}", lang="fr") for n in range(5)]
    sqlite_api.send(*both)
    shown = cells(sqlite_api.get(f"{MAP}?columns=broader").json())
    assert shown["Achats", "optique"]["people"] == 5
    assert not {label for _, label in shown} & {"fibre optique", "Python"}


def test_a_broader_topic_counts_whichever_list_names_it(sqlite_api: Api) -> None:
    other = {"kind": "topic", "source": "other"}
    optics = other | {"id": "o", "pref_label": {"fr": "optique"}}
    fibre = other | {"id": "f", "pref_label": {"fr": "fibre optique"}, "broader": "o"}
    sqlite_api.send(*company(), topic("fibre"), optics, fibre)
    assert cells(sqlite_api.get(f"{MAP}?columns=broader").json())["Réseaux", "optique"]["people"] == 5


def test_the_limit_leaves_out_the_rarest_topics_and_changes_no_cell(sqlite_api: Api) -> None:
    records = list(company())
    sqlite_api.send(*records, *(post(f"b{n}", TEXTS["python"], author=f"Réseaux-{n}", lang="fr") for n in range(5)))
    whole, first = (sqlite_api.get(f"{MAP}?limit={limit}").json() for limit in (20, 1))
    assert len(whole["columns"]) > 1 and first["columns"] == whole["columns"][:1]
    assert first["rows"] == whole["rows"]
    assert first["cells"] == [line[:1] for line in whole["cells"]]


def test_the_type_is_that_of_the_format_or_else_the_one_accepted(sqlite_api: Api) -> None:
    assert sqlite_api.get(MAP).headers["Content-Type"] == "application/json"
    assert sqlite_api.get(MAP, headers={"Accept": "text/csv"}).headers["Content-Type"].startswith("text/csv")
    answer = sqlite_api.get(f"{MAP}?format=svg", headers={"Accept": "text/csv"})
    assert answer.headers["Content-Type"].startswith("image/svg+xml")
    assert "Accept" in answer.headers["Vary"].replace("Accept-Language", "")
    assert sqlite_api.get(f"{MAP}?format=csv").headers["Content-Disposition"].endswith('"expertise-map-department.csv"')


def test_a_map_speaks_french(sqlite_api: Api) -> None:
    sqlite_api.send(*company())
    french = {"Accept-Language": "fr"}
    answer = sqlite_api.get(MAP, headers=french)
    assert answer.headers["Content-Language"] == "fr" and "personnes" in answer.json()["meaning"]
    assert "Réseaux,fibre optique,5," in sqlite_api.get(f"{MAP}?format=csv", headers=french).text
    assert "sujets par service" in sqlite_api.get(f"{MAP}?format=svg", headers=french).text


def test_an_empty_organisation_has_an_empty_map(sqlite_api: Api) -> None:
    body = sqlite_api.get(MAP).json()
    assert (body["rows"], body["columns"], body["cells"]) == ([], [], [])


@pytest.mark.parametrize(
    "query",
    ["rows=team", "columns=word", "limit=0", "limit=201", "format=png", "community=com_1", "rows=site&rows=site"],
)
def test_a_wrong_parameter_is_named(sqlite_api: Api, query: str) -> None:
    answer = sqlite_api.get(f"{MAP}?{query}")
    assert answer.status_code == 422
    assert [error["pointer"] for error in answer.json()["errors"]] == [f"/query/{query.partition('=')[0]}"]
