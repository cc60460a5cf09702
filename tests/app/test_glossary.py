"""What the extractor is told by the store: which names are topics, and which are not."""

from app.glossary import known_topics, names_of_people
from graph.store import GraphStore
from nlp.gazetteer import Gazetteer
from tests.builders import a_topic, an_account, put


def test_people_sites_and_first_names_are_no_topics_but_common_words_are(store: GraphStore) -> None:
    put(store, an_account("ana", name="Nolwenn Le Gall", site="Toulouse"), an_account("bob", name="Jean Paris"))
    assert set(names_of_people(store)) == {"Nolwenn Le Gall", "Nolwenn", "Toulouse", "Jean Paris"}


def test_a_name_leads_to_who_answers_for_it_and_others_to_their_own_topic(store: GraphStore) -> None:
    own = a_topic("own", pref_label={"en": "Zork"}, alt_labels={"en": ("grue map",)}, forms=("zork", "grue map"))
    other = a_topic("a", pref_label={"en": "twisty maze"}, alt_labels={"en": ("Zork",)}, forms=("zork", "twisty maze"))
    put(store, other, own)
    found = Gazetteer(known_topics(store)).find("Zork: a grue map of the twisty maze", language="en")
    keys = [match.alias.key for match in found if match.alias]
    answers = {"zork": "own", "grue map": "own", "twisty maze": "a"}
    assert [answers[key] for key in keys] == ["own", "own", "a"]
