"""Random values of everything that can be written, few enough of each to meet again."""

from hypothesis import strategies as st

from graph.model import Reader, Viewer
from tests.builders import (
    a_community,
    a_post,
    a_question,
    a_topic,
    an_account,
    an_event,
    an_interaction,
    later,
    ref,
)

ACCOUNTS = ("ana", "bob", "cleo", "dan", "eve")
PEOPLE = ("per_ana", "per_bob", "per_cleo", "per_dan")
COMMUNITIES = ("tech", "board", "team")
TOPICS = ("dwdm", "ospf", "bgp")
TOPIC_IDS = tuple(f"top_{topic}" for topic in TOPICS)
POSTS = ("p1", "p2", "p3", "p4", "p5", "p6")
ORIGINS = ("e1", "e2", "pst_p1")
JOBS = ("j1", "j2")
FORMS = ("a", "b", "c")
READERS = (Reader("lexical", "stop-words 1"), Reader("bundled", "tiny 1"))
EVERYTHING = Viewer(None, frozenset(range(10)))
EVERY_NUMBER = range(1, 100)

keys = st.sampled_from
times = st.integers(0, 3).map(later)
accounts = st.builds(
    an_account,
    keys(ACCOUNTS),
    person=keys(PEOPLE),
    name=keys(("A", "B", None)),
    department=keys(("Études", None)),
    site=keys(("Lyon", None)),
    email=keys(("a@b.fr", "A@b.fr", None)),
    is_email_verified=st.booleans(),
    is_active=st.booleans(),
)
communities = st.builds(
    a_community,
    keys(COMMUNITIES),
    members=st.dictionaries(keys(ACCOUNTS), keys(("lead", "member")), max_size=3),
    visibility=keys(("public", "members", "secret")),
    charter=keys((None, "Be kind")),
)
topics = st.builds(
    a_topic,
    keys(TOPICS),
    pref_label=st.dictionaries(keys(("fr", "en")), keys(FORMS)),
    alt_labels=st.dictionaries(keys(("fr", "en")), st.lists(keys(FORMS), max_size=2).map(tuple)),
    forms=st.lists(keys(FORMS), max_size=2).map(tuple),
    kind=keys(("professional", "interest")),
    broader=keys((None, *(f"top_{topic}" for topic in TOPICS), "top_unknown")),
    merged_into=keys((None, *TOPIC_IDS)),
    merged_by_hand=keys((None, *TOPIC_IDS)),
    apart=st.lists(keys(TOPIC_IDS), max_size=2, unique=True).map(tuple),
    defines=st.one_of(st.none(), st.tuples(keys(TOPIC_IDS), keys(TOPIC_IDS))),
    exact_match=st.lists(keys(FORMS), max_size=1).map(tuple),
)
posts = st.builds(
    a_post,
    keys(POSTS),
    author=keys(ACCOUNTS),
    community=keys((None, *COMMUNITIES)),
    created_at=times,
    reply_to=keys((None, *(f"pst_{post}" for post in POSTS))),
    addressed=st.lists(keys(ACCOUNTS).map(ref), max_size=2, unique=True).map(tuple),
)
mentions = st.dictionaries(keys(TOPICS), keys((0.25, 0.5)), max_size=3)
events = st.builds(an_event, keys(ORIGINS[:2]), post=keys(POSTS).map("pst_{}".format), at=times)
questions = st.builds(
    a_question,
    keys(("q1", "q2", "q3")),
    asker=keys(ACCOUNTS),
    asked=keys(ACCOUNTS),
    redirected_to=keys((None, *ACCOUNTS)),
    outcome=keys((None, "helped", "redirected", "no_answer")),
    introduce_to=keys((None, *ACCOUNTS)),
    at=times,
)

interactions = st.tuples(keys(ORIGINS), st.integers(0, 2)).flatmap(
    lambda made: st.builds(
        an_interaction,
        st.just(f"{made[0]}-{made[1]}"),
        origin=st.just(made[0]),
        source=keys(ACCOUNTS),
        target=keys(ACCOUNTS),
        post=keys((None, *(f"pst_{post}" for post in POSTS))),
        community=keys((None, *(f"com_{community}" for community in COMMUNITIES))),
        at=times,
    )
)
