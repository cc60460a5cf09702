"""Sends a webhook: signed, to the address that was checked, within a limit of time; only the status is read."""

import ssl
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache, partial
from http import HTTPStatus
from typing import Final

import anyio
import httpx
from standardwebhooks import Webhook

from api_schemas.webhooks import IntroductionEvent, PingEvent, QuestionEvent
from app.addresses import check, resolve
from app.services.webhooks import Answer
from graph.errors import Conflict
from graph.webhooks import Notice, Receiver

SECONDS: Final = 10.0  # from resolving the name to the status
LONGEST_REASON: Final = 300
REMEDIES: Final = {
    HTTPStatus.UNAUTHORIZED: "see that it verifies with the secret that `quisait webhooks add` printed",
    HTTPStatus.FORBIDDEN: "see that it verifies with the secret that `quisait webhooks add` printed",
    HTTPStatus.NOT_FOUND: "see that the address is right to the last letter",
    HTTPStatus.METHOD_NOT_ALLOWED: "see that it takes POST at this address",
    HTTPStatus.GONE: "it wants no more events: remove it, or let it take them again",
}
PORTS: Final = {"https": 443, "http": 80}
REDIRECTS: Final = "redirects are not followed: register the address that it leads to"
ANY: Final = "its log says why it did not answer with 200 or 204"
UNREACHED: Final = "see that it runs, that its certificate is one that this machine trusts, and its address"
SLOW: Final = "let it answer first and work afterwards"
# Of the address, its name (IDNA and TLS raise ValueError), the network, the answer: another receiver has none of them.
FAULTS: Final = (httpx.HTTPError, httpx.InvalidURL, OSError, ValueError)


@dataclass(frozen=True, slots=True)
class Sender:
    """Sends notices; certificates are checked against those that this machine trusts, a company's own among them."""

    plain: bool
    seconds: float = SECONDS

    def check(self, url: str) -> None:
        """Raise Conflict for an address that nothing can be sent to."""
        check(url, plain=self.plain)

    def send(self, receiver: Receiver, notice: Notice) -> Answer:
        """Send one notice, and tell what came of it: nothing is raised for what a receiver does."""
        body = body_of(notice)
        try:
            self.check(receiver.url)
            status = anyio.run(partial(self._post, receiver.url, body, signed(receiver, notice, body)))
        except TimeoutError:
            return Answer(None, f"no answer within {self.seconds:g} s: {SLOW}")
        except Conflict as error:
            return Answer(None, str(error))
        except FAULTS as error:
            return Answer(None, f"{str(error) or type(error).__name__}: {UNREACHED}"[:LONGEST_REASON])
        return Answer(status, None if 200 <= status < 300 else _refusal(status))

    async def _post(self, url: str, body: str, headers: Mapping[str, str]) -> int:
        """The status of the answer; of the addresses of a host the first one counts where something listens."""
        with anyio.fail_after(self.seconds):
            to = httpx.URL(url)
            addresses = await resolve(to.raw_host.decode(), to.port or PORTS[to.scheme])
            timeout = httpx.Timeout(None, connect=self.seconds / len(addresses))
            async with httpx.AsyncClient(verify=_trusted(), trust_env=False, timeout=timeout) as http:
                for address in addresses[:-1]:
                    with suppress(httpx.ConnectError, httpx.ConnectTimeout):
                        return await _status(http, to, address, body, headers)
                return await _status(http, to, addresses[-1], body, headers)


@cache
def _trusted() -> ssl.SSLContext:
    """What this machine trusts: to read it takes long, and most processes send nothing."""
    return ssl.create_default_context()


async def _status(http: httpx.AsyncClient, to: httpx.URL, address: str, body: str, headers: Mapping[str, str]) -> int:
    """Ask that address as the host of the URL: it has its name in the request, and in its certificate."""
    named = {"Host": to.netloc.decode(), **headers}
    there, host = to.copy_with(host=address), to.raw_host.decode()
    async with http.stream("POST", there, headers=named, content=body, extensions={"sni_hostname": host}) as answer:
        return answer.status_code  # what follows it is never read


def body_of(notice: Notice) -> str:
    """What a receiver is told, as JSON."""
    said = {"type": notice.type, "timestamp": notice.at}
    kind, _, _ = notice.type.partition(".")
    data = {kind: notice.about, "tell": notice.tell}
    match kind:
        case "introduction":
            return IntroductionEvent.model_validate({**said, "data": data}).model_dump_json()
        case "question":
            return QuestionEvent.model_validate({**said, "data": data}).model_dump_json()
        case _:
            return PingEvent.model_validate({**said, "data": {}}).model_dump_json()


def signed(receiver: Receiver, notice: Notice, body: str) -> dict[str, str]:
    """The headers that say that a body comes from here, as of now, by Standard Webhooks 1.0."""
    now = datetime.now(UTC)
    return {
        "Content-Type": "application/json",
        "webhook-id": notice.id,
        "webhook-timestamp": str(int(now.timestamp())),
        "webhook-signature": Webhook(receiver.secret).sign(notice.id, now, body),
    }


def _refusal(status: int) -> str:
    known = {one.value: one for one in HTTPStatus}.get(status)
    remedy = REDIRECTS if 300 <= status < 400 else REMEDIES.get(known, ANY) if known else ANY
    return f"{status} {known.phrase if known else ''}".strip() + f": {remedy}"
