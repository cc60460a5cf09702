"""Where webhooks may go: over https, to any machine but those that hand out a host's own credentials.

Addresses come from whoever runs the service, and most portals are on an intranet: private networks are no secret to
them, and allowed. A name is resolved once for each sending, so that what was checked is what is connected to."""

import socket
from functools import partial
from ipaddress import IPv6Address, ip_address
from typing import Final

import httpx
from anyio import to_thread

from graph.errors import Conflict

# Metadata services of clouds that are not link-local, where a machine reads credentials of its own.
METADATA: Final = frozenset(
    map(ip_address, ("100.100.100.200", "168.63.129.16", "192.0.0.192", "fd00:ec2::254", "fd20:ce::254"))
)
EXPECTED: Final = "an address like https://portal.example/webhooks is expected"


def check(url: str, *, plain: bool) -> None:
    """Raise Conflict for an address that cannot receive; `plain` allows http to other machines than this one."""
    parts = _parsed(url)
    if parts.scheme not in ("http", "https") or not parts.host:
        raise Conflict(f"{url}: {EXPECTED}")
    if parts.userinfo or parts.fragment:
        raise Conflict(f"{url}: leave out user, password and fragment; the signature says who sends")
    if parts.scheme == "http" and not plain and not _is_here(parts.host):
        raise Conflict(f"{url}: use https, or set QUISAIT_WEBHOOK_PLAIN_HTTP=true where the network is your own")
    if _is_address(parts.host) and not is_allowed(parts.host):
        raise Conflict(f"{url}: no receiver lives at {parts.host}")


def is_allowed(address: str) -> bool:
    """Whether webhooks may be sent to that IP address: not to those of the link, of metadata, of groups, of nobody."""
    found = ip_address(address)
    if isinstance(found, IPv6Address) and found.ipv4_mapped:
        found = found.ipv4_mapped
    if found.is_loopback:
        return True
    never = found.is_link_local or found.is_multicast or found.is_unspecified or found.is_reserved
    return not never and found not in METADATA


async def resolve(host: str, port: int) -> list[str]:
    """The IP addresses of a host that webhooks may be sent to; raises Conflict where there is none, OSError where
    the host is not known. A name server that does not answer is not waited for beyond a limit of time."""
    ask = partial(socket.getaddrinfo, host.encode(), port, type=socket.SOCK_STREAM)
    found = await to_thread.run_sync(ask, abandon_on_cancel=True)
    addresses = dict.fromkeys(str(place[0]) for *_, place in found)
    allowed = [address for address in addresses if is_allowed(address)]
    if not allowed:
        raise Conflict(f"no receiver lives at {', '.join(addresses)}, which {host} leads to")
    return allowed


def _parsed(url: str) -> httpx.URL:
    """The address as it is read when something is sent there."""
    try:
        parts = httpx.URL(url)
        _ = parts.host, parts.raw_host.decode().encode("idna")  # refuse names that no resolver takes
        if parts.port is not None and not 0 < parts.port < 65536:
            raise ValueError(f"Port out of range: {parts.port}")
    except (httpx.InvalidURL, ValueError) as error:
        raise Conflict(f"{url}: {error}; {EXPECTED}") from error
    return parts


def _is_here(host: str) -> bool:
    return host == "localhost" or (_is_address(host) and ip_address(host).is_loopback)


def _is_address(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True
