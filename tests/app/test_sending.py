"""Where webhooks may go, and that what was checked is what is connected to."""

import socket
from collections.abc import Callable
from threading import Event

import pytest

from app.addresses import check, is_allowed
from app.sending import Sender
from graph.errors import Conflict
from scripts.receiver import listening
from tests.builders import a_notice, a_receiver


@pytest.mark.parametrize(
    "url",
    [
        "https://portal.example/webhooks",
        "https://portal.intranet:8443",
        "https://10.1.2.3/webhooks",
        "http://localhost:8000/webhooks",
        "http://127.0.0.1:8000",
        "http://[::1]:8000",
    ],
)
def test_receivers_are_reached_over_https_on_an_intranet_too_and_here_over_http(url: str) -> None:
    check(url, plain=False)


def test_a_setting_lets_them_be_reached_over_http_elsewhere() -> None:
    check("http://portal.intranet/webhooks", plain=True)
    with pytest.raises(Conflict, match="QUISAIT_WEBHOOK_PLAIN_HTTP"):
        check("http://portal.intranet/webhooks", plain=False)


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("ftp://portal.example", "https://portal.example/webhooks is expected"),
        ("portal.example/webhooks", "is expected"),
        ("https:///webhooks", "is expected"),
        ("https://portal.example:99999", "Port out of range"),
        ("https://portal.example:0", "Port out of range"),
        ("https://portal.example:here", "Invalid port.* is expected"),
        ("https://[::1/webhooks", "Invalid port.* is expected"),
        ("https://192.168.1.300/x", "Invalid IPv4 address.* is expected"),
        ("https://exämple..org/x", "Invalid IDNA hostname.* is expected"),
        ("https://portal..example", "label empty or too long.* is expected"),
        (f"https://{64 * 'a'}.example", "label empty or too long.* is expected"),
        ("https://xn--a/", "is expected"),
        ("https://somebody:secret@portal.example", "leave out user"),
        ("https://portal.example/#here", "leave out user"),
        ("https://169.254.169.254/latest", "no receiver lives at"),
        ("https://[fe80::1]/", "no receiver lives at"),
    ],
)
def test_other_addresses_are_refused_with_the_remedy(url: str, why: str) -> None:
    with pytest.raises(Conflict, match=why):
        check(url, plain=True)


@pytest.mark.parametrize(
    ("address", "allowed"),
    [
        ("127.0.0.1", True),
        ("::1", True),
        ("10.0.0.1", True),
        ("192.168.1.1", True),
        ("fd12:3456::1", True),
        ("93.184.216.34", True),
        ("169.254.169.254", False),
        ("::ffff:169.254.169.254", False),
        ("64:ff9b::a9fe:a9fe", False),
        ("fe80::1%eth0", False),
        ("fd00:ec2::254", False),
        ("100.100.100.200", False),
        ("0.0.0.0", False),
        ("::", False),
        ("224.0.0.1", False),
        ("255.255.255.255", False),
    ],
)
def test_private_networks_are_reached_and_metadata_never(address: str, allowed: bool) -> None:
    assert is_allowed(address) == allowed


@pytest.fixture
def names(monkeypatch: pytest.MonkeyPatch) -> Callable[..., list[str]]:
    """Lets every name lead to these addresses; what was asked for is in the list."""

    def lead_to(*addresses: str) -> list[str]:
        asked: list[str] = []
        known = socket.getaddrinfo

        def resolve(host: bytes | str, port: int, *rest: int, **options: int) -> list[tuple[object, ...]]:
            name = host.decode() if isinstance(host, bytes) else host
            if name[0].isdigit():
                return list(known(name, port, *rest, **options))
            asked.append(name)
            return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in addresses]

        monkeypatch.setattr(socket, "getaddrinfo", resolve)
        return asked

    return lead_to


def test_a_name_is_resolved_once_and_only_what_was_checked_is_connected_to(names: Callable[..., list[str]]) -> None:
    with listening() as portal:
        url = portal.url.replace("127.0.0.1", "portal.example")
        asked = names("169.254.169.254", "127.0.0.2", "127.0.0.1")
        answer = Sender(plain=True).send(a_receiver(url=url), a_notice())
    assert answer.status == 204
    assert asked == ["portal.example"]
    assert portal.delivered[0].headers["host"] in url


def test_a_name_that_leads_to_metadata_only_is_never_connected_to(names: Callable[..., list[str]]) -> None:
    names("169.254.169.254", "fd00:ec2::254")
    answer = Sender(plain=False).send(a_receiver(), a_notice())
    assert answer.status is None
    assert answer.reason == "no receiver lives at 169.254.169.254, fd00:ec2::254, which portal.example leads to"


@pytest.mark.parametrize(
    "url", ["https://192.168.1.300/x", "https://exämple..org/x", "https://.example/", "https://xn--a/"]
)
def test_an_address_that_leads_nowhere_is_an_answer_and_stops_nobody(url: str) -> None:
    answer = Sender(plain=False).send(a_receiver(url=url), a_notice())
    assert answer.status is None
    assert answer.reason and "is expected" in answer.reason


def test_a_name_server_that_keeps_silent_is_abandoned(monkeypatch: pytest.MonkeyPatch) -> None:
    answered, waited = Event(), Event()

    def keep_silent(*_: object, **__: object) -> list[tuple[object, ...]]:
        answered.wait(timeout=10)
        waited.set()
        return []

    monkeypatch.setattr(socket, "getaddrinfo", keep_silent)
    try:
        answer = Sender(plain=False, seconds=0.1).send(a_receiver(), a_notice())
        assert answer.reason and answer.reason.startswith("no answer within 0.1 s")
        assert not waited.is_set()
    finally:
        answered.set()
