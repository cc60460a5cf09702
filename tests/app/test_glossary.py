"""What the extractor is told by the store: which names are no topics."""

from app.glossary import names_of_people
from graph.store import GraphStore
from tests.builders import an_account, put


def test_people_sites_and_first_names_are_no_topics_but_common_words_are(store: GraphStore) -> None:
    put(store, an_account("ana", name="Nolwenn Le Gall", site="Toulouse"), an_account("bob", name="Jean Paris"))
    assert set(names_of_people(store)) == {"Nolwenn Le Gall", "Nolwenn", "Toulouse", "Jean Paris"}
