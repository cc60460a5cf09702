"""The README's calls and some more, by the generated client: prints what came of them as JSON."""

import json
import os
import sys
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from quisait_client import AuthenticatedClient
from quisait_client.api.communities import list_communities
from quisait_client.api.experts import who_knows
from quisait_client.api.people import get_person
from quisait_client.api.records import post_records
from quisait_client.models import CommunityPage, EmptyReason, ExpertPage, LineResult, Problem
from quisait_client.types import UNSET, File, Response, Unset


def main() -> None:
    """Make the calls."""
    given = json.load(sys.stdin)
    client = AuthenticatedClient(base_url=os.environ["QUISAIT"], token=os.environ["KEY"])
    stranger = AuthenticatedClient(base_url=os.environ["QUISAIT"], token="not a key")
    results = {
        "answers": [answer(client, question) for question in given["questions"]],
        "communities": list(communities(client)),
        "records": outcomes(client, given["records"]),
        "unknown": refusal(get_person.sync_detailed("per_unknown", client=client)),
        "no key": refusal(get_person.sync_detailed("per_unknown", client=stranger)),
        "too many": refusal(who_knows.sync_detailed(client=client, q="?", limit=1000)),
    }
    json.dump(results, sys.stdout)


def answer(client: AuthenticatedClient, question: str) -> list[Any]:
    """Name, score and evidence of the first who knows, or the reason why there is nobody."""
    page = who_knows.sync(client=client, q=question, limit=1)
    assert isinstance(page, ExpertPage)
    if isinstance(page.reason, EmptyReason):
        return [page.reason.code]
    [expert] = page.items
    return [expert.person.name, expert.score, [evidence.excerpt for evidence in expert.evidence]]


def communities(client: AuthenticatedClient) -> Iterator[str]:
    """The names of all communities, two a page."""
    cursor: str | Unset | None = UNSET
    while cursor is not None:
        page = list_communities.sync(client=client, limit=2, cursor=cursor)
        assert isinstance(page, CommunityPage)
        yield from (community.name for community in page.items)
        cursor = page.next_cursor


def outcomes(client: AuthenticatedClient, records: list[str]) -> list[str]:
    """What became of records that are sent, a line each."""
    answered = post_records.sync(client=client, body=File(BytesIO("\n".join(records).encode())))
    assert isinstance(answered, File)
    return [LineResult.from_dict(json.loads(line)).outcome.value for line in answered.payload]


def refusal(response: Response[Any]) -> list[Any]:
    """Status, type and fields at fault of a problem."""
    problem = response.parsed
    assert isinstance(problem, Problem)
    return [response.status_code.value, problem.type_, [error.pointer for error in problem.errors]]


if __name__ == "__main__":
    main()
