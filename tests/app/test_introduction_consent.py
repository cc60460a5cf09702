"""Random stories of introductions over HTTP: each person is told just what is theirs, and the target nothing before.

So is the portal that hears of it by webhooks."""

from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import count
from typing import Any, NamedTuple

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from graph.model import Event
from tests.app.client import Api
from tests.app.records import person

ROLES = ("asker", "intermediary", "target")
SCOPES = ("questions:read", "questions:write", "ties:read", "people:read")
UNKNOWN = "/v1/introductions/int_" + 32 * "0"
WORLDS = count()

someone = st.integers(0, 3)


class Heard(NamedTuple):
    """What a webhook says."""

    type: str
    about: str
    tell: tuple[str, ...]


@dataclass
class Story:
    """An introduction, and what became of it."""

    address: str
    asker: int
    intermediary: int
    target: int
    as_asked: Any = None  # what its asker was shown first
    answer: str | None = None
    words: str | None = None
    has_expired: bool = False
    is_gone: bool = False

    def told(self, who: int) -> str | None:
        """The state that somebody is shown; None: nothing at all."""
        if self.is_gone or who not in (self.asker, self.intermediary, self.target):
            return None
        if self.answer == "accepted":
            return "accepted"
        if who == self.target:
            return None
        if self.answer and who == self.intermediary:
            return "declined"
        return "expired" if self.has_expired else "requested"

    def told_with(self, who: int) -> str | None:
        """What somebody is shown of the intermediary's words."""
        return self.words if self.told(who) == "accepted" else None

    @property
    def id(self) -> str:
        """Its public id."""
        return self.address.rpartition("/")[2]

    @property
    def is_too_late(self) -> bool:
        """Whether a first acceptance comes too late."""
        return self.has_expired and self.answer != "accepted"


class ConsentMachine(RuleBasedStateMachine):
    """Four people who all know each other ask, answer, wait and try what is not theirs."""

    stories = Bundle("stories")

    def __init__(self, api: Api) -> None:
        super().__init__()
        self.api = api
        self.known: list[Story] = []
        names = [f"{name}{next(WORLDS)}" for name in ("ana", "bo", "cy", "di")]
        meeting = {"type": "meeting", "people": names, "at": "2026-01-10T12:00:00Z", "id": names[0]}
        results = api.send(
            *(person(name, most_questions=100) for name in names),
            {"kind": "interaction", "source": "chat", "channel": "in_person", **meeting},
        )
        self.people = [result["public_id"] for result in results[: len(names)]]
        self.receiver = api.services.receivers.add("https://portal.example/webhooks").id
        self.heard: list[Heard] = []
        self.due: list[Heard] = []
        self.tokens = [api.key(*SCOPES, person=person_id) for person_id in self.people]

    @rule(target=stories, three=st.permutations(range(4)), words=st.sampled_from(["Un ?", "Deux ?"]))
    def ask(self, three: list[int], words: str) -> Story:
        asker, intermediary, target = three[:3]
        body = {"intermediary": self.people[intermediary], "target": self.people[target], "message": words}
        answer = self.request(asker, "POST", "/v1/introductions", body)
        for story in self.known:
            if (story.asker, story.intermediary, story.target) == (asker, intermediary, target) and story.told(
                asker
            ) == "requested":
                assert answer[:2] == (200, story.as_asked)
                return story
        assert answer[0] == 201
        story = Story(f"/v1/introductions/{answer[1]['id']}", asker, intermediary, target, as_asked=answer[1])
        self.known.append(story)
        self.due.append(Heard("introduction.requested", answer[1]["id"], (self.people[intermediary],)))
        return story

    @rule(
        story=stories,
        who=someone,
        said=st.sampled_from(["accepted", "declined"]),
        words=st.sampled_from([None, "Parle-lui.", "Il sait tout."]),
    )
    def answer(self, story: Story, who: int, said: str, words: str | None) -> None:
        body = {"answer": said, "message": words}
        answer = self.request(who, "PUT", f"{story.address}/answer", body)
        if said == "declined" and words:
            assert answer[0] == 422
        elif story.told(who) is None:
            assert answer == self.request(who, "PUT", f"{UNKNOWN}/answer", body)
        elif who != story.intermediary:
            assert answer[0] == 403
        elif story.is_too_late or (story.answer == "accepted" and said == "declined"):
            assert answer[0] == 409
        else:
            assert answer[0] == 204
            if said == "accepted" and story.answer != "accepted":
                both = self.people[story.asker], self.people[story.target]
                self.due.append(Heard("introduction.accepted", story.id, both))
            story.answer, story.words = said, words

    @rule(story=stories, who=someone)
    def take_back(self, story: Story, who: int) -> None:
        answer = self.request(who, "DELETE", story.address)
        if story.told(who) is None:
            assert answer == self.request(who, "DELETE", UNKNOWN)
        elif who != story.asker:
            assert answer[0] == 403
        else:
            assert answer[0] == 204
            knew = (story.intermediary, story.target) if story.answer == "accepted" else (story.intermediary,)
            self.due.append(Heard("introduction.taken_back", story.id, tuple(self.people[one] for one in knew)))
            story.is_gone = True

    @rule(story=stories)
    def wait_until_it_has_expired(self, story: Story) -> None:
        if not story.is_gone and not story.has_expired:
            event = replace(self.event(story), at=self.event(story).at - timedelta(days=15))
            self.api.services.store.write(lambda tx: tx.interactions.put_events([event]))
            story.has_expired = True

    @invariant()
    def everybody_is_told_what_is_theirs_and_nothing_else(self) -> None:
        for who in range(len(self.people)):
            theirs = {story.id: (state, story.told_with(who)) for story in self.known if (state := story.told(who))}
            listed = self.request(who, "GET", "/v1/introductions?limit=200")[1]["items"]
            assert {item["id"]: (item["state"], item["answer_message"]) for item in listed} == theirs
            as_target = self.request(who, "GET", "/v1/introductions?role=target&limit=200")[1]["items"]
            assert {item["state"] for item in as_target} <= {"accepted"}
            assert self.request(who, "GET", "/v1/questions")[1]["items"] == []

    @invariant()
    def what_somebody_is_not_told_is_not_there(self) -> None:
        for story in self.known:
            for who in range(len(self.people)):
                shown = self.request(who, "GET", story.address)
                if state := story.told(who):
                    assert (shown[1]["state"], shown[1]["answer_message"]) == (state, story.told_with(who))
                else:
                    assert shown == self.request(who, "GET", UNKNOWN)

    @invariant()
    def who_asked_reads_of_a_refusal_what_silence_says(self) -> None:
        for story in self.known:
            if story.told(story.asker) == "requested":
                assert self.request(story.asker, "GET", story.address)[1] == story.as_asked

    @invariant()
    def only_who_was_asked_counts_it_and_no_refusal_shows_in_the_count(self) -> None:
        for who in range(len(self.people)):
            waiting = [
                story
                for story in self.known
                if story.intermediary == who and not story.is_gone and story.answer != "accepted"
            ]
            own = self.request(who, "GET", "/v1/me/exchange")[1]
            assert own["open"] == sum(not story.has_expired for story in waiting)
            assert sum((*own["given"].values(), *own["received"].values())) == 0

    @invariant()
    def the_portal_hears_once_of_what_it_may_tell_and_nothing_else(self) -> None:
        webhooks = self.api.services.store.webhooks
        while notice := webhooks.next(self.receiver):
            self.heard.append(Heard(notice.type, notice.about, notice.tell))
            self.api.services.store.write(lambda tx, notice=notice: tx.webhooks.remove(notice.id))
        assert self.heard == self.due

    def teardown(self) -> None:
        self.api.services.receivers.remove(self.receiver)

    def event(self, story: Story) -> Event:
        """The introduction as it is stored."""
        viewer = self.api.services.access.viewer(self.people[story.asker])
        return self.api.services.introductions.found(story.id, viewer=viewer).event

    def request(self, who: int, method: str, address: str, body: Any = None) -> tuple[int, Any, dict[str, str]]:
        """Status, body and headers of an answer, without what differs between any two."""
        answer = self.api.request(method, address, token=self.tokens[who], **({"json": body} if body else {}))
        content = answer.json() if answer.content else {}
        content.pop("trace_id", None)
        return answer.status_code, content, {key: value for key, value in answer.headers.items() if "trace" not in key}


@pytest.mark.timeout(600)
def test_nothing_reaches_the_target_before_consent(api: Api) -> None:
    class OnThisStore(ConsentMachine):
        def __init__(self) -> None:
            super().__init__(api)

    run_state_machine_as_test(OnThisStore, settings=settings(max_examples=8, stateful_step_count=10))
