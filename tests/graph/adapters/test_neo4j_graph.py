"""The graph in Neo4j as people see it who explore it with Cypher, and what only this store could get wrong."""

import random
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from dataclasses import replace
from threading import Thread
from typing import Any, LiteralString
from urllib.parse import urlsplit

import pytest
from neo4j import GraphDatabase

from graph.adapters.neo4j.store import Neo4jGraphStore
from graph.errors import Conflict, Unavailable
from graph.identity import EXTRACTED
from graph.model import Interaction, Ref
from graph.store import Transaction
from scripts.neo4j_server import login
from tests.builders import (
    NOON,
    a_community,
    a_placeholder,
    a_post,
    a_question,
    a_topic,
    a_viewer,
    an_account,
    an_indexing,
    an_interaction,
    index,
    later,
    put,
    ref,
)
from tests.conftest import ON_NEO4J

pytestmark = list(ON_NEO4J)

Ask = Callable[[LiteralString], list[list[Any]]]

EVIL = """'"`\\u0027}) DETACH DELETE (n) // $x {y} \n MATCH (n) DETACH DELETE n; --"""

PROMISES: dict[str, LiteralString] = {
    "KNOWS counts posts": """
        MATCH (person:Person)-[:WROTE]->(post:Post)-[:ABOUT]->(topic:Topic)
        WITH person, topic, post.community AS community, count(*) AS posts, min(post.at) AS first, max(post.at) AS last
        WHERE NOT EXISTS {
          (person)-[:KNOWS {community: community, count: posts, first: first, last: last}]->(topic) }
        RETURN person.id, topic.id""",
    "KNOWS counts nothing else": """
        MATCH (person:Person)-[knows:KNOWS]->(topic:Topic)
        WHERE NOT EXISTS { (person)-[:WROTE]->(:Post {community: knows.community})-[:ABOUT]->(topic) }
        RETURN person.id, topic.id""",
    "KNOWS is one for each community": """
        MATCH (person:Person)-[knows:KNOWS]->(topic:Topic)
        WITH person, topic, knows.community AS community, count(*) AS links
        WHERE links > 1 RETURN person.id, topic.id""",
    "a post is about its topics": """
        MATCH (post:Post) WITH post, COLLECT {
          MATCH (post)-[about:ABOUT]->(topic:Topic) RETURN [topic.number, about.strength] ORDER BY topic.number
        } AS said
        WHERE [one IN said | one[0]] <> post.topics OR [one IN said | one[1]] <> post.strengths RETURN post.id""",
    "a form means some topic": """
        MATCH (form:Form) WHERE NOT EXISTS { (form)-[:MEANS]->(:Topic) } RETURN form.form""",
    "a post has one author, who has its account": """
        MATCH (post:Post) WHERE COUNT { ()-[:WROTE]->(post) } <> 1 OR NOT EXISTS {
          (:Account {number: post.account})<-[:HAS_ACCOUNT]-(:Person {number: post.author})-[:WROTE]->(post) }
        RETURN post.id""",
    "a post is in its community": """
        MATCH (post:Post)
        WHERE COLLECT { MATCH (post)-[:IN]->(place:Community) RETURN place.number }
          <> CASE post.community WHEN 0 THEN [] ELSE [post.community] END
        RETURN post.id""",
    "a reply leads to its post": """
        MATCH (post:Post) OPTIONAL MATCH (known:Post {id: post.reply_to})
        WITH post, collect(known.id) AS known
        WHERE COLLECT { MATCH (post)-[:REPLIES_TO]->(parent:Post) RETURN parent.id } <> known RETURN post.id""",
    "an interaction is between those who have its accounts": """
        MATCH (source:Person)-[interacts:INTERACTS]->(target:Person)
        WHERE NOT EXISTS { (source)-[:HAS_ACCOUNT]->(:Account {number: interacts.source}) }
          OR NOT EXISTS { (target)-[:HAS_ACCOUNT]->(:Account {number: interacts.target}) }
        RETURN interacts.key""",
    "a member has the account that joined": """
        MATCH (person:Person)-[member:MEMBER_OF]->(community:Community)
        WHERE NOT EXISTS { (person)-[:HAS_ACCOUNT]->(:Account {number: member.account}) }
        RETURN person.id, community.id""",
    "a person is called as its account seen last": """
        MATCH (person:Person)
        WITH person, COLLECT {
          MATCH (person)-[:HAS_ACCOUNT]->(account:Account) WHERE account.seen IS NOT NULL
          RETURN coalesce(account.name, '') ORDER BY account.seen DESC LIMIT 1
        } AS names
        WHERE coalesce(person.name, '') <> coalesce(names[0], '') RETURN person.id""",
}


@pytest.fixture
def open_store(empty_neo4j: str) -> Iterator[Callable[[], Neo4jGraphStore]]:
    """Opens the store, as often as wanted, as processes of their own would; it is not prepared."""
    user, password = login() or (None, None)
    with ExitStack() as opened:
        yield lambda: opened.enter_context(closing(Neo4jGraphStore(empty_neo4j, user=user, password=password)))


@pytest.fixture
def store(open_store: Callable[[], Neo4jGraphStore]) -> Neo4jGraphStore:
    store = open_store()
    store.prepare()
    return store


@pytest.fixture
def ask(store: Neo4jGraphStore, empty_neo4j: str) -> Iterator[Ask]:
    """Asks the graph in Cypher, as its explorers do."""
    url = urlsplit(empty_neo4j)
    server, database = f"{url.scheme}://{url.netloc}", url.path.strip("/") or None
    with GraphDatabase.driver(server, auth=login()) as driver:
        yield lambda query: [record.values() for record in driver.execute_query(query, database_=database).records]


def test_people_find_their_way_from_a_person_to_what_they_wrote(store: Neo4jGraphStore, ask: Ask) -> None:
    put(
        store,
        an_account("ana"),
        a_community("tech", members={"ana": "lead"}),
        a_topic("dwdm", pref_label={"fr": "DWDM"}),
    )
    put(store, a_post("p1", community="tech", title="Optique"))
    index(store, "p1", dwdm=0.75)
    path = """
    MATCH (person:Person {name: 'Ana'})-[:WROTE]->(post:Post)-[about:ABOUT]->(topic:Topic {label: 'DWDM'}),
      (post)-[:IN]->(community:Community {name: 'Tech'})<-[member:MEMBER_OF]-(person)-[:HAS_ACCOUNT]->(:Account)
    RETURN post.title, post.text, about.strength, member.role, post.created_at
    """
    [[title, text, strength, role, created_at]] = ask(path)
    assert (title, text, strength, role, created_at.to_native()) == ("Optique", "Qui sait ?", 0.75, "lead", NOON)


def test_people_ask_who_knows_how_much_since_when(store: Neo4jGraphStore, ask: Ask) -> None:
    put(store, an_account("ana"), a_topic("dwdm"), a_post("p1"), a_post("p2", created_at=later(2)))
    index(store, "p1", dwdm=0.5)
    index(store, "p2", dwdm=0.5)
    knows = "MATCH (:Person)-[k:KNOWS]->(:Topic) RETURN k.community, k.count, (k.last - k.first) / 86400000000"
    assert ask(knows) == [[0, 2, 2]]


@pytest.mark.parametrize("order", [["p1", "p2"], ["p2", "p1"]])
def test_a_reply_leads_to_its_post_whichever_comes_first(store: Neo4jGraphStore, ask: Ask, order: list[str]) -> None:
    posts = {"p1": a_post("p1"), "p2": a_post("p2", reply_to="pst_p1")}
    for key in order:
        put(store, an_account(), posts[key])
    assert ask("MATCH (reply)-[:REPLIES_TO]->(post) RETURN reply.id, post.id") == [["pst_p2", "pst_p1"]]


def test_a_form_leads_to_all_topics_that_go_by_it(store: Neo4jGraphStore, ask: Ask) -> None:
    put(store, a_topic("dwdm"), a_topic("wdm", forms=("dwdm", "wdm")))
    means = "MATCH (form:Form)-[:MEANS]->(t:Topic) WITH form, t ORDER BY t.number RETURN form.form, collect(t.number)"
    assert sorted(ask(means)) == [["dwdm", [1, 2]], ["wdm", [2]]]
    put(store, a_topic("wdm", forms=("mux",)))
    assert sorted(ask(means)) == [["dwdm", [1]], ["mux", [2]]]
    assert ask("MATCH (form:Form) RETURN count(*)") == [[2]]


def test_what_one_topic_held_by_itself_it_still_goes_by(store: Neo4jGraphStore, ask: Ask) -> None:
    found = a_topic("found", ref=Ref(EXTRACTED, "dwdm"), merged_into="top_dwdm", forms=())
    spelling = a_topic("spelling", ref=Ref(EXTRACTED, "dwdm\nen\nDWDM"), merged_into="top_found", forms=())
    put(store, a_topic("dwdm"), found, spelling)
    ask("MATCH (applied:Migration {id: '0004_forms'}) DELETE applied")
    store.prepare()
    going_by = store.write(lambda tx: tx.topics.by_forms(["dwdm"]))
    assert going_by == {"dwdm": [a_topic("dwdm"), replace(found, forms=("dwdm",))]}


def test_each_event_is_one_relationship(store: Neo4jGraphStore, ask: Ask) -> None:
    thanks = [an_interaction(f"i{number}", at=later(number)) for number in range(3)]
    put(store, an_account("ana"), an_account("bob"), *thanks)
    put(store, *thanks)
    events = (
        "MATCH (:Person {name: 'Ana'})-[e:INTERACTS]->(:Person {name: 'Bob'}) RETURN e.type, e.channel ORDER BY e.at"
    )
    assert ask(events) == [["thanks", "online"]] * 3


def test_a_question_leads_to_its_people_for_as_long_as_they_are_in_it(store: Neo4jGraphStore, ask: Ask) -> None:
    put(store, *map(an_account, ("ana", "bob", "cleo")))
    around: LiteralString = """
    MATCH (who:Person)-[:HAS_ACCOUNT]->(:Account)-[way]-(:Question {text: 'Qui sait ?'})
    RETURN type(way), who.name ORDER BY type(way)
    """
    put(store, a_question(outcome="redirected", redirected_to="cleo", closed_at=later(1)))
    assert ask(around) == [["ASKED", "Ana"], ["REDIRECTED_TO", "Cleo"], ["TO", "Bob"]]
    put(store, a_question(asked="cleo"))
    assert ask(around) == [["ASKED", "Ana"], ["TO", "Cleo"]]
    store.write(lambda tx: tx.interactions.put_events([], gone=["q1"]))
    assert ask("MATCH (question:Question) RETURN count(question)") == [[0]]


def test_a_moved_account_takes_its_relationships_along_and_back(store: Neo4jGraphStore, ask: Ask) -> None:
    put(store, an_account("ana"), an_account("bob"), a_community(members={"ana": "lead"}), a_topic(), a_post())
    put(store, an_interaction())
    index(store, dwdm=0.5)
    around = "MATCH (p:Person)-[r]-() RETURN p.id, type(r), count(*) ORDER BY p.id, type(r)"
    before = ask(around)
    put(store, an_account("ana", person="per_bob"))
    assert {person for person, _, _ in ask(around)} == {"per_bob"}
    put(store, an_account("ana"))
    assert ask(around) == before


@pytest.mark.parametrize("seed", range(3))
def test_the_graph_keeps_its_promises_through_random_writes(store: Neo4jGraphStore, ask: Ask, seed: int) -> None:
    chance = random.Random(seed)
    people, posts = ["ana", "bob", "cleo"], [f"p{number}" for number in range(6)]
    put(
        store,
        *map(an_account, people),
        a_community("tech"),
        a_community("team"),
        *map(a_topic, ("dwdm", "ospf", "bgp")),
    )
    for _ in range(25):
        store.write(_a_random_write(chance, store, people, posts))
    assert ask("MATCH (:Post)-[about:ABOUT]->() RETURN count(about) > 0") == [[True]]
    for promise, breaches in PROMISES.items():
        assert ask(breaches) == [], promise


def _a_random_write(
    chance: random.Random, store: Neo4jGraphStore, people: list[str], posts: list[str]
) -> Callable[[Transaction], object]:
    who, whom, what, why = (chance.choice(choices) for choices in (people, people, posts, posts))
    waiting = store.posts.waiting(limit=10)
    place = chance.choice([None, "tech", "team"])
    written = a_post(what, author=who, community=place, created_at=later(chance.randrange(5)), reply_to=f"pst_{why}")
    found = [
        an_indexing(one.ref.id, seq=stored.seq, mentions=dict.fromkeys(chance.sample(["dwdm", "ospf", "bgp"], 2), 0.5))
        for stored in waiting
        for one in [stored.post]
    ]
    event = an_interaction(f"i-{what}", origin=what, source=who, target=whom, at=later(1))
    joined, name = chance.sample(people, 2), chance.choice([None, "A", "B"])
    return chance.choice(
        [
            lambda tx: tx.posts.put([written], job="j1"),
            lambda tx: tx.posts.put([written], job="j1"),
            lambda tx: tx.posts.record_mentions(found),
            lambda tx: tx.posts.record_mentions(found),
            lambda tx: tx.posts.remove([f"pst_{what}"]),
            lambda tx: tx.people.put([an_account(who, person=f"per_{whom}", name=name)]),
            lambda tx: tx.communities.put([a_community(place or "tech", members=dict.fromkeys(joined, "member"))]),
            lambda tx: tx.interactions.replace([what], [event]),
        ]
    )


def test_strings_from_outside_are_never_read_as_cypher(store: Neo4jGraphStore, ask: Ask) -> None:
    odd = Ref(EVIL, EVIL)
    account = an_account(EVIL, source=EVIL, name=EVIL, email=EVIL, is_email_verified=True, department=EVIL)
    community = a_community(EVIL, ref=odd, name=EVIL, charter=EVIL)
    topic = a_topic(EVIL, ref=odd, pref_label={"fr": EVIL}, alt_labels={"en": (EVIL,)}, forms=(EVIL,))
    post = a_post(EVIL, ref=odd, community=EVIL, text=EVIL, title=EVIL, reply_to=EVIL, addressed=(odd,))
    put(store, account, community, topic, a_placeholder("ana"), post, job=EVIL)
    index(store, EVIL, **{EVIL: 0.5})
    put(store, Interaction(EVIL, EVIL, "thanks", odd, ref("ana"), NOON, post=f"pst_{EVIL}", community=f"com_{EVIL}"))
    [stored] = store.posts.by_numbers([1], viewer=a_viewer(communities={1})).values()
    assert (stored.post.text, stored.post.ref, stored.post.addressed) == (EVIL, odd, (odd,))
    assert store.topics.find([topic.id]) == {topic.id: topic}
    assert store.people.find([account.person], viewer=a_viewer())[account.person].name == EVIL
    assert ask("MATCH (:Person)-[:INTERACTS|WROTE|KNOWS]->(n) RETURN count(n)") == [[3]]


def test_who_follows_the_feed_while_others_write_misses_nothing(store: Neo4jGraphStore) -> None:
    put(store, an_account())
    batches = [[a_post(f"p{batch}-{number}") for number in range(300)] for batch in range(12)]
    writer = Thread(target=lambda: [put(store, *batch) for batch in batches])
    writer.start()
    seen, after = 0, 0
    while writer.is_alive() or after < store.feed.head():
        upto = store.feed.head()
        seen += len(store.feed.changes(after=after, upto=upto).posts)
        after = upto
    writer.join()
    assert seen == sum(map(len, batches))


def test_what_a_process_that_died_left_unsettled_is_told_by_the_next(
    store: Neo4jGraphStore, open_store: Callable[[], Neo4jGraphStore], ask: Ask
) -> None:
    put(store, an_account())
    ask("MATCH (head:Head) SET head.seq = 0, head.directory = 0")  # it died after its commit, before it told readers
    assert store.feed.head() == 0
    open_store().prepare()
    assert (store.feed.head(), store.feed.directory()) == (1, 1)


def test_a_write_that_names_what_is_not_there_leaves_nothing(store: Neo4jGraphStore, ask: Ask) -> None:
    put(store, an_account())
    for unknown in (
        a_post(author="bob"),
        a_post(community="tech"),
        an_interaction(),
        an_interaction(community="com_x"),
    ):
        with pytest.raises(Conflict):
            put(store, unknown)
    assert ask("MATCH (n:Post) RETURN count(n)") == [[0]]
    assert store.feed.head() == 1


def test_a_server_that_is_not_there_is_unavailable_and_said_so() -> None:
    with (
        closing(Neo4jGraphStore("bolt://127.0.0.1:1/neo4j")) as store,
        pytest.raises(Unavailable, match="QUISAIT_STORE"),
    ):
        store.feed.head()


def test_a_store_that_was_never_prepared_says_what_to_do(open_store: Callable[[], Neo4jGraphStore]) -> None:
    with pytest.raises(Unavailable, match="prepare"):
        put(open_store(), an_account())
