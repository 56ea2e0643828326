"""Which Host headers the preview answers to: a page of a stranger must not read drafts through a name that it bends to
this machine (DNS rebinding)."""

from __future__ import annotations

import socket
from dataclasses import dataclass
from ipaddress import ip_address

_LOCAL = "localhost"


@dataclass(frozen=True, slots=True)
class Bound:
    """What the server listens on: an address or a name, and a port."""

    host: str
    port: int

    @property
    def is_local(self) -> bool:
        """Whether only this machine can reach it."""
        return self.host == _LOCAL or (_is_address(self.host) and ip_address(self.host).is_loopback)

    @property
    def is_everywhere(self) -> bool:
        """Whether it listens on all of the machine's addresses."""
        return _is_address(self.host) and ip_address(self.host).is_unspecified

    def answers_to(self, header: str) -> bool:
        """Whether a request with that Host header means this server.

        Other names never do. Addresses do where it listens on all: an address cannot be bent.
        """
        host, port = _split(header)
        if port != str(self.port) and not (port == "" and self.port == 80):
            return False
        names = {self.host.lower()}
        if self.is_local or self.is_everywhere:
            names.add(_LOCAL)
        if self.is_everywhere:
            names.add(socket.gethostname().lower())
        return host.lower() in names or (self.is_everywhere and _is_address(host))

    def url(self, base_path: str = "/") -> str:
        """Where to open the preview."""
        host = reachable() if self.is_everywhere else self.host
        return f"http://{f'[{host}]' if ':' in host else host}:{self.port}{base_path}"


def _split(header: str) -> tuple[str, str]:
    """Host and port; brackets around an IPv6 address go."""
    if header.startswith("["):
        host, _, rest = header[1:].partition("]")
        return host, rest.removeprefix(":")
    host, _, port = header.partition(":")
    return host, port


def _is_address(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True


def reachable() -> str:
    """This machine's address in its network; no packet is sent to find it."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))  # TEST-NET-1 (RFC 5737): only the route is looked up
        except OSError:
            return socket.gethostname()
        return str(probe.getsockname()[0])
