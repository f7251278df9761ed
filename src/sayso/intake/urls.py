"""Addresses on the web: which can be fetched, which lead into the local network, and which are the same page."""

from __future__ import annotations

import ipaddress
import re
import socket
from contextlib import suppress
from urllib.parse import parse_qsl, quote, urlencode, urljoin, urlsplit, urlunsplit

from sayso.errors import IntakeError

LONGEST = 4_000
"""Characters; longer addresses are mistakes or attacks."""

_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
_PORTS = {"http": 80, "https": 443}
_UNSAFE = re.compile(r"[\x00-\x20\x7f]")
_TRACKING = re.compile(r"utm_|at_(?:medium|campaign|custom)|(?:fbclid|gclid|ocid|cmpid|xtor)$", re.IGNORECASE)
_KEPT = "%/:=&?~#+!$,;'@()*[]|"


def is_address(text: str) -> bool:
    """Say whether a text is meant as the address of a page, rather than as the name of a file."""
    return re.match(r"[A-Za-z][A-Za-z0-9+.-]*://", text) is not None


def normal(address: str) -> str:
    """Return an address as it goes over the wire, in ASCII and without its fragment.

    Raises IntakeError for what is not fetched: another scheme than http and https, no host, a password.
    """
    text = address.strip()
    if len(text) > LONGEST:
        raise IntakeError(f"{text[:60]}... has more than {LONGEST:,} characters: no page has such an address")
    try:
        parts = urlsplit(_UNSAFE.sub(lambda found: quote(found[0]), text))
        host, port = parts.hostname, parts.port
    except ValueError as error:
        raise IntakeError(f"{text[:200]} is no address of a page ({error}): check it") from error
    if parts.scheme not in _PORTS:
        raise IntakeError(f"{text[:200]} is not fetched: give an address that begins with https:// or http://")
    if not host:
        raise IntakeError(f"{text[:200]} has no host: check the address")
    if parts.username is not None:
        raise IntakeError(f"{host}: addresses that hold a name or password are not fetched: take it out")
    where = _ascii(host) if port in (None, _PORTS[parts.scheme]) else f"{_ascii(host)}:{port}"
    return urlunsplit((parts.scheme, where, quote(parts.path, _KEPT) or "/", quote(parts.query, _KEPT), ""))


def link(base: str, address: object) -> str | None:
    """Return the address that a page, feed or sitemap at ``base`` refers to, or None where it is not one to fetch."""
    if not isinstance(address, str) or not address.strip():
        return None
    with suppress(IntakeError, ValueError):
        return normal(urljoin(base, address.strip()))
    return None


def host(address: str) -> str:
    """Return the host of an address, with the port where it is not the usual one."""
    return urlsplit(address).netloc.lower()


def same_page(address: str) -> str:
    """Return what stays the same where only the scheme or what counts readers differs between two addresses."""
    parts = urlsplit(address)
    query = [(name, value) for name, value in parse_qsl(parts.query, True) if not _TRACKING.match(name)]
    return urlunsplit(("", parts.netloc.lower(), parts.path, urlencode(query), "")) if parts.netloc else address


def is_local_ip(address: str) -> bool:
    """Say whether an IP address belongs to this machine or its network, or to nobody, rather than to the web."""
    ip = ipaddress.ip_address(address.split("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour
        if inner is None and ip in _NAT64:
            inner = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        ip = inner or ip
    return not ip.is_global or ip.is_multicast


def is_local(address: str) -> bool | None:
    """Say whether an address leads into the local network; None where the name of its host cannot be looked up."""
    name = urlsplit(address).hostname or ""
    try:
        found = socket.getaddrinfo(name, None, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        return None
    return any(is_local_ip(str(entry[4][0])) for entry in found)


def _ascii(name: str) -> str:
    if ":" in name:
        return f"[{name}]"
    try:
        return name.encode("idna").decode("ascii") if not name.isascii() else name
    except UnicodeError as error:
        raise IntakeError(f"{name[:100]} is no name of a host: check the address") from error
