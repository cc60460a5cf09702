"""Writes the examples of the contract: asks the demo's company, and keeps what it was asked and what it answered."""

import json
import re
import time
from pathlib import Path
from typing import Any, Final

import httpx

from app.http import examples
from app.http.webhooks import operation_id
from graph.identity import Identity
from graph.model import Ref
from scripts.demo_service import running_demo
from scripts.load_demo import COMPANY, FILES, files, quisait
from scripts.receiver import Delivered, listening
from scripts.service import Service

TARGET: Final = Path(examples.__file__).with_name(examples.FILE)
QUESTION: Final = "Qui s'y connaît en analyse vibratoire des roulements ?"
SECRET: Final = "Qui s'y connaît en radioprotection ?"
MISTYPED: Final = "Qui s'y connaît en analyse vibratiore ?"
ANSWER: Final = "maintenance/1.2"

TOPIC: Final = {
    "kind": "topic",
    "source": "glossaire",
    "id": "roulement",
    "pref_label": {"fr": "roulement", "en": "bearing"},
    "alt_labels": {"fr": ["palier à roulement"], "en": ["rolling bearing"]},
}
DELETE: Final = {
    "kind": "delete",
    "source": "glossaire",
    "id": "roulement",
    "target": "topic",
    "at": "2026-11-19T09:00:00+01:00",
}
FIRST_POST: Final = {
    "source": "chat:atelier",
    "id": "maintenance/exemple.1",
    "author": "lperrin",
    "community": "maintenance",
    "post_kind": "question",
    "created_at": "2026-11-19T09:12:00+01:00",
    "text": "Le 6205 du convoyeur 3 siffle à froid et se tait après dix minutes. Je le fais changer, ou j'attends ?",
    "lang": "fr",
}
SECOND_POST: Final = {
    **FIRST_POST,
    "id": "maintenance/exemple.2",
    "reply_to": "maintenance/exemple.1",
    "post_kind": "comment",
    "created_at": "2026-11-19T09:15:00+01:00",
    "text": "J'oubliais : graissé en septembre, graisse lithium.",
}
AHEAD: Final = {"kind": "post", **FIRST_POST, "id": "maintenance/exemple.3", "created_at": "2126-11-19T09:12:00+01:00"}
ASKED: Final = "Un 6205 qui siffle à froid, tu le changes ou tu attends ?"
WORD: Final = "Guillaume, Lucie apprend vite. Lucie, passe à l'atelier un mardi."
ASKED_ELSEWHERE: Final = {
    "kind": "question",
    "source": "chat:atelier",
    "id": "demande.1",
    "asker": "yguerin",
    "asked": "irossi",
    "text": "Quelle graisse pour un roulement qui tourne à 1475 tours ?",
    "at": "2026-11-18T09:00:00+01:00",
    "outcome": "helped",
    "closed_at": "2026-11-18T11:30:00+01:00",
}
BACK: Final = "2126-12-01"
DAY: Final = "2026-11-19T12:00:00Z"
EARLY: Final = "2025-07-01T12:00:00Z"  # when the network is still small …
NEWCOMER: Final = "2026-10-12T12:00:00Z"  # … and when somebody has just come
CYCLISTS: Final = "com_velo"


class Recorder:
    """Calls operations by their names in the contract, and keeps every exchange."""

    def __init__(self, http: httpx.Client) -> None:
        self.exchanges: list[dict[str, Any]] = []
        self.location = ""
        self._http = http
        self._operations = {
            operation["operationId"]: (method, path, operation)
            for path, methods in http.get("/openapi.json").raise_for_status().json()["paths"].items()
            for method, operation in methods.items()
        }

    def __call__(self, name: str, *, body: Any = None, headers: dict[str, str] | None = None, **sent: Any) -> Any:
        """The answer, whatever its status; `headers` are sent, but not shown."""
        method, path, operation = self._operations[name]
        places = {parameter["name"]: parameter["in"] for parameter in operation["parameters"]}
        media_type = next(iter(operation.get("requestBody", {}).get("content", {})), "")
        answer = self._http.request(
            method,
            path.format(**sent),
            params={key: value for key, value in sent.items() if places[key] == "query"},
            headers={
                **({"Content-Type": media_type} if media_type else {}),
                **{key: value for key, value in sent.items() if places[key] == "header"},
                **(headers or {}),
            },
            content=_written(body, media_type),
        )
        self.location = answer.headers.get("Location", "")
        shown = _read(answer)
        exchange = {"operation": name, "parameters": sent, "body": body, "status": answer.status_code, "answer": shown}
        self.exchanges.append(exchange)
        return shown

    def wait_for(self, job: str) -> None:
        """Return when that job's posts can be found."""
        while self._http.get(f"/v1/ingestion-jobs/{job}").raise_for_status().json()["waiting"]:
            time.sleep(0.1)


def capture(service: Service) -> list[dict[str, Any]]:
    """What a fresh demo answers to the requests of the examples, and what it sends to a receiver meanwhile.

    The first of an operation is the one it shows."""
    environment = dict(service.environment)
    with service.client() as http, listening() as receiver:
        quisait(environment, "webhooks", "add", receiver.url)
        exchanges = _ask_everything(http)
        [known] = re.findall(r"rcv_\w+", quisait(environment, "webhooks", "list"))
        quisait(environment, "webhooks", "test", known)
        while f'quisait_webhooks_waiting{{receiver="{known}"}} 0.0' not in http.get("/metrics").raise_for_status().text:
            time.sleep(0.1)
    return [*exchanges, *(_sent(delivered) for delivered in sorted(receiver.delivered, key=_type_of))]


def _sent(delivered: Delivered) -> dict[str, Any]:
    """A webhook like an exchange, under its name in the contract."""
    headers = delivered.headers
    shown = {
        "webhook-id": headers["webhook-id"],
        "webhook-timestamp": int(headers["webhook-timestamp"]),
        "webhook-signature": headers["webhook-signature"],
    }
    name = operation_id(_type_of(delivered))
    return {"operation": name, "parameters": shown, "body": delivered.event, "status": 204, "answer": None}


def _type_of(delivered: Delivered) -> str:
    return delivered.event["type"]


def _ask_everything(http: httpx.Client) -> list[dict[str, Any]]:
    ask = Recorder(http)
    _read_about_people(ask)
    _read_about_groups_and_topics(ask)
    _write(ask)
    _ask_somebody(ask)
    _fail(ask)
    ask("getLivez")
    ask("getReadyz")
    return ask.exchanges


def _read_about_people(ask: Recorder) -> None:
    ask("getMe")
    newcomer = person("lperrin")
    [expert] = ask("whoKnows", q=QUESTION, asker=newcomer, limit=1)["items"]
    ask("explainExpert", q=QUESTION, person=expert["person"]["id"])
    ask("whoKnows", q=SECRET)
    ask("whoKnows", q=MISTYPED, limit=1)
    ask("listPeople", q="bru él")
    ask("getPerson", person_id=expert["person"]["id"])
    ask("getPersonExpertise", person_id=expert["person"]["id"], limit=3)
    _read_about_ties(ask)


def _read_about_ties(ask: Recorder) -> None:
    """At a moment of their own, so that they do not age."""
    bridge: dict[str, Any] = {"person_id": person("skone"), "Quisait-On-Behalf-Of": person("skone"), "at": DAY}
    newcomer: dict[str, Any] = {"person_id": person("lperrin"), "Quisait-On-Behalf-Of": person("lperrin"), "at": DAY}
    broker: dict[str, Any] = {"person_id": person("cferrand"), "Quisait-On-Behalf-Of": person("cferrand"), "at": DAY}
    narrowed: dict[str, Any] = {"strength": "strong", "state": "strong", "channel": "both", "site": "Toulouse"}
    ask("listTies", **bridge, **narrowed, community=public_id("community", "donnees"), sort="bridgeness", limit=1)
    ask("getTie", **bridge, other_id=person("jvidal"))
    ask("listTieTransitions", **bridge, limit=3)
    ask("getBrokerage", **broker)
    ask("findIntroductions", **newcomer, to=person("yguerin"), limit=1)
    ask("recommendPeople", **newcomer, peak=0.4, community=public_id("community", "reseau"), limit=1)
    ask("checkGranovetter", at=DAY)


def _read_about_groups_and_topics(ask: Recorder) -> None:
    ask("listCommunities", limit=3)
    ask("getCommunity", community_id=public_id("community", "maintenance"))
    [topic] = ask("listTopics", q="roulement", limit=1)["items"]
    ask("getTopic", topic_id=topic["id"])
    ask("getTopicExperts", topic_id=topic["id"], limit=1)
    ask("getExpertiseMap", rows="department", columns="topic", limit=3)
    _look_at_networks(ask)


def _look_at_networks(ask: Recorder) -> None:
    """At moments of their own, so that they do not age."""
    newcomer: dict[str, Any] = {"person_id": person("lperrin"), "Quisait-On-Behalf-Of": person("lperrin")}
    cell: dict[str, Any] = {"community_id": public_id("community", "nis2"), "Quisait-On-Behalf-Of": person("tnguyen")}
    ask("getPersonNetwork", **newcomer, at=NEWCOMER, format="json")
    ask("getPersonNetworkPicture", **newcomer, at=NEWCOMER)
    ask("getCommunityNetwork", **cell, at=NEWCOMER)
    ask("getCommunityNetworkPicture", **cell, at=NEWCOMER)
    ask("findCommunities", at=EARLY)
    ask("getResilience", remove="weak", at=EARLY)


def _write(ask: Recorder) -> None:
    """Last of all, since what is read afterwards may differ; posts behind what is read here, for they take a moment."""
    _look_for_somebody_away(ask)  # before accounts are moved, which changes what is found a moment later
    accounts = [{"source": "chat:atelier", "id": "irossi"}, {"source": "forum:atelier", "id": "122"}]
    ask("putPerson", person_id=person("irossi"), body={"name": "Ilaria Rossi", "accounts": accounts})
    ask(
        "postRecords",
        body=[
            record("person", id="yguerin"),
            record("community", id="maintenance"),
            record("post", id=ANSWER),
            record("accept", answer=ANSWER),
            record("reaction", post=ANSWER),
            record("interaction", type="endorsement", to="yguerin"),
            ASKED_ELSEWHERE,
            TOPIC,
            DELETE,
            AHEAD,
        ],
    )
    ask("getIngestionJob", job_id=ask.location.rpartition("/")[2])
    ask.wait_for(ask("postPost", body=FIRST_POST)["job"])  # from here on, a post is found within the second
    ask("postPost", body=SECOND_POST, prefer="wait=5")
    [suggestion] = ask("listMergeSuggestions", limit=1)["items"]
    ask("mergeTopic", topic_id=suggestion["topic"]["id"], body={"into": suggestion["into"]["id"]})
    ask("undoTopicMerge", topic_id=suggestion["topic"]["id"])
    members = [{"person": person("lperrin"), "role": "lead"}, {"person": person("irossi")}]
    ask(
        "putCommunity",
        community_id=CYCLISTS,
        body={"name": "À vélo", "community_kind": "interest", "visibility": "public", "members": members},
    )


def _look_for_somebody_away(ask: Recorder) -> None:
    accounts = [{"source": "chat:atelier", "id": "yguerin"}]
    on_leave = {"name": "Yves Guérin", "accounts": accounts, "away_until": BACK}
    ask("putPerson", person_id=person("yguerin"), body=on_leave)
    ask("whoKnows", q=QUESTION, exclude=[person("skone")], spread=True, limit=1)


def _ask_somebody(ask: Recorder) -> None:
    def as_somebody(account: str, operation: str, **sent: Any) -> Any:
        spoken_for: dict[str, Any] = {"Quisait-On-Behalf-Of": person(account)}
        return ask(operation, **sent, **spoken_for)

    asked = {"id": "6205", "asked": person("yguerin"), "text": ASKED}
    question = as_somebody("lperrin", "postQuestion", body=asked)["id"]
    as_somebody("lperrin", "postQuestion", body=asked)
    as_somebody("yguerin", "listQuestions", role="asked", state="open", limit=3)
    redirected = {"outcome": "redirected", "redirected_to": person("irossi")}
    as_somebody("yguerin", "putQuestionOutcome", question_id=question, body=redirected)
    as_somebody("lperrin", "getQuestion", question_id=question)
    as_somebody("lperrin", "putQuestionOutcome", question_id=question, body={"outcome": "helped"})
    as_somebody("yguerin", "getMyExchange")
    as_somebody("lperrin", "deleteQuestion", question_id=question)
    wanted = {
        "id": "6205",
        "intermediary": person("ntanguy"),
        "target": person("gpetit"),
        "message": ASKED,
        "topics": [public_id("topic", "roulement", source="glossaire:atelier")],
    }
    introduction = as_somebody("lperrin", "postIntroduction", body=wanted)["id"]
    as_somebody("lperrin", "postIntroduction", body=wanted)
    as_somebody("ntanguy", "listIntroductions", role="intermediary", state="requested", limit=3)
    accepted = {"answer": "accepted", "message": WORD}
    as_somebody("ntanguy", "putIntroductionAnswer", introduction_id=introduction, body=accepted)
    as_somebody("gpetit", "getIntroduction", introduction_id=introduction)
    as_somebody("lperrin", "deleteIntroduction", introduction_id=introduction)


def _fail(ask: Recorder) -> None:
    ask("getTopic", topic_id="top_unknown")
    ask("whoKnows", q=QUESTION, limit=1000)
    ask("whoKnows", q=QUESTION, headers={"Authorization": ""})


def person(account: str) -> str:
    """The public id of who has that account in the chat."""
    return public_id("person", account)


def public_id(kind: Any, name: str, *, source: str = "chat:atelier") -> str:
    """The public id of what the chat, or another source, calls so: the demo's secret is always the same."""
    return Identity((COMPANY / "secret.txt").read_bytes().strip()).public_id(kind, Ref(source, name))


def record(kind: str, **fields: str) -> dict[str, Any]:
    """The first of the demo's records of that kind with these fields."""
    lines = (line for path in files(*FILES) for line in path.read_text(encoding="utf-8").splitlines())
    wanted = {"kind": kind, **fields}
    return next(found for found in map(json.loads, lines) if wanted.items() <= found.items())


def _written(body: Any, media_type: str) -> str | None:
    if body is None:
        return None
    return "\n".join(map(json.dumps, body)) if "ndjson" in media_type else json.dumps(body)


def _read(answer: httpx.Response) -> Any:
    if "ndjson" in answer.headers.get("Content-Type", ""):
        return [json.loads(line) for line in answer.text.splitlines()]
    return answer.json() if answer.content and "json" in answer.headers["Content-Type"] else None


def main() -> None:
    """Write the examples anew; scripts/export_openapi.py shows them."""
    with running_demo() as service:
        found = capture(service)
    TARGET.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
