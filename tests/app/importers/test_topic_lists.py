"""Lists of topics as hosts and ESCO publish them."""

from pathlib import Path
from typing import Any

import pytest

from app.importers import topic_csv, topic_esco, topic_skos
from app.importers.topic_list import UnreadableList

ESCO = "conceptType,conceptUri,skillType,preferredLabel,altLabels,status\n"
CONCEPT = "http://data.europa.eu/esco/skill/1"
TURTLE = """
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
<http://x/optics> a skos:Concept ; skos:prefLabel "optique"@fr, "optics"@en-GB .
<http://x/dwdm> a skos:Concept ; skos:prefLabel "DWDM" ; skos:altLabel "multiplexage dense"@fr ;
  skos:broader <http://x/optics> ; skos:exactMatch <http://y/1> ; skos:closeMatch <http://y/2> .
<http://x/nameless> a skos:Concept ; skos:prefLabel "óptica"@es .
"""
RDF_XML = """<?xml version="1.0"?>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:skos="http://www.w3.org/2004/02/skos/core#">
  <skos:Concept rdf:about="http://x/optics"><skos:prefLabel xml:lang="fr">optique</skos:prefLabel></skos:Concept>
</rdf:RDF>
"""
JSON_LD = """{"@context": {"skos": "http://www.w3.org/2004/02/skos/core#"}, "@id": "http://x/optics",
"@type": "skos:Concept", "skos:prefLabel": {"@value": "optique", "@language": "fr"}}"""


def written(folder: Path, name: str, text: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def fields(lines: Any) -> dict[str, dict[str, Any]]:
    return {line.fields["id"]: line.fields for line in lines}


class TestCsv:
    def test_a_line_is_a_topic_with_all_that_its_columns_say(self, tmp_path: Path) -> None:
        text = "label_fr;label_en;alt_fr;broader;uri;exact_match\noptique;optics;;;;\nDWDM;;multiplexage|WDM;optics;http://x;http://y|http://z\n"
        found = fields(topic_csv.read(written(tmp_path, "tags.csv", b"\xef\xbb\xbf" + text.encode())))
        assert found["DWDM"]["alt_labels"] == {"fr": ["multiplexage", "WDM"], "en": []}
        assert (found["DWDM"]["broader"], found["DWDM"]["uri"]) == ("optique", "http://x")
        assert found["DWDM"]["exact_match"] == ["http://y", "http://z"]

    @pytest.mark.parametrize(
        ("text", "place"),
        [
            ("label_fr,colour\noptique,red\n", (1, "colour", "unknown_columns")),
            ("id,uri\n1,x\n", (1, "", "no_column")),
            ('label_fr,alt_fr\n"opti\nque",\n,laser\n', (4, "label_fr", "no_label")),
            ("id,label_fr\n1,optique\n1,laser\n", (3, "id", "twice")),
            ("label_fr,broader\noptique,physique\n", (2, "broader", "unknown")),
            ("label_fr\noptique\nr\xe9seau\n".encode("latin-1"), (3, "", "not_utf8")),
        ],
    )
    def test_what_is_wrong_is_told_with_its_line_and_column(
        self, tmp_path: Path, text: str | bytes, place: tuple[int, str, str]
    ) -> None:
        with pytest.raises(UnreadableList) as caught:
            list(topic_csv.read(written(tmp_path, "tags.csv", text)))
        assert (caught.value.line, caught.value.column, caught.value.reason) == place
        assert caught.value.say("fr").startswith("tags.csv:") and caught.value.say("en") != caught.value.say("fr")

    def test_all_that_is_to_mend_is_told_at_once(self, tmp_path: Path) -> None:
        text = "id,label_fr,broader,related\n1,optique,physique,laser\n1,radio,,\n2,,,\n"
        with pytest.raises(UnreadableList) as caught:
            list(topic_csv.read(written(tmp_path, "tags.csv", text)))
        assert [line.split(": ")[0] for line in caught.value.say("en").split("\n")] == [
            "tags.csv:2:broader",
            "tags.csv:2:related",
            "tags.csv:3:id",
            "tags.csv:4:label_fr",
        ]

    def test_of_very_many_faults_the_first_are_told_and_how_many_there_are(self, tmp_path: Path) -> None:
        rows = "".join(f"sujet {number},ailleurs\n" for number in range(30))
        with pytest.raises(UnreadableList) as caught:
            list(topic_csv.read(written(tmp_path, "tags.csv", f"label_fr,broader\n{rows}")))
        assert caught.value.say("fr").split("\n")[19:] == [
            "tags.csv:21:broader: aucune ligne n'a cet identifiant ni ce nom : corrigez la cellule ou videz-la",
            "… et 10 de plus",
        ]


class TestEsco:
    def test_the_two_languages_join_by_the_concept(self, tmp_path: Path) -> None:
        english = written(
            tmp_path,
            "skills_en.csv",
            f'{ESCO}KnowledgeSkillCompetence,{CONCEPT},knowledge,less,"LESS\nless css",released\n',
        )
        french = written(
            tmp_path, "skills_fr.csv", f"{ESCO}KnowledgeSkillCompetence,{CONCEPT},knowledge,feuilles LESS,,released\n"
        )
        [concept] = fields(topic_esco.read([french, english])).values()
        assert concept["pref_label"] == {"fr": "feuilles LESS", "en": "less"}
        assert concept["alt_labels"]["en"] == ["LESS", "less css"]
        assert concept["uri"] == CONCEPT

    def test_what_is_no_longer_in_use_is_left_out(self, tmp_path: Path) -> None:
        path = written(
            tmp_path, "skills_en.csv", f"{ESCO}KnowledgeSkillCompetence,{CONCEPT},knowledge,telex,,obsolete\n"
        )
        assert list(topic_esco.read([path])) == []

    def test_a_file_has_to_say_its_language(self, tmp_path: Path) -> None:
        with pytest.raises(UnreadableList) as caught:
            list(topic_esco.read([written(tmp_path, "skills.csv", ESCO)]))
        assert caught.value.reason == "no_language"


class TestSkos:
    def test_concepts_keep_their_names_links_and_matches(self, tmp_path: Path) -> None:
        found = fields(topic_skos.read(written(tmp_path, "optics.ttl", TURTLE)))
        assert found.keys() == {"http://x/optics", "http://x/dwdm"}
        assert found["http://x/optics"]["pref_label"] == {"fr": "optique", "en": "optics"}
        dwdm = found["http://x/dwdm"]
        assert dwdm["pref_label"] == {"fr": "DWDM", "en": "DWDM"}
        assert (dwdm["broader"], dwdm["exact_match"], dwdm["close_match"]) == (
            "http://x/optics",
            ["http://y/1"],
            ["http://y/2"],
        )

    @pytest.mark.parametrize(("name", "text"), [("o.rdf", RDF_XML), ("o.jsonld", JSON_LD)])
    def test_other_syntaxes_say_the_same(self, tmp_path: Path, name: str, text: str) -> None:
        assert fields(topic_skos.read(written(tmp_path, name, text)))["http://x/optics"]["pref_label"] == {
            "fr": "optique"
        }

    @pytest.mark.parametrize(
        ("name", "text", "line", "reason"),
        [
            ("o.ttl", "@prefix skos: <http://x/> .\n<a> b", 2, "not_rdf"),
            ("o.rdf", RDF_XML.replace("</rdf:RDF>", ""), 5, "not_rdf"),
            ("o.jsonld", '{"@context": "http://x/c.jsonld"}', 1, "foreign_context"),
            ("o.json", '{"a":\n', 2, "not_rdf"),
        ],
    )
    def test_what_is_wrong_is_told_with_its_line(
        self, tmp_path: Path, name: str, text: str, line: int, reason: str
    ) -> None:
        with pytest.raises(UnreadableList) as caught:
            list(topic_skos.read(written(tmp_path, name, text)))
        assert (caught.value.line, caught.value.reason) == (line, reason)
