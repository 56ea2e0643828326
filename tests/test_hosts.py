"""Which hosts links from others may lead to."""

from __future__ import annotations

import pytest

from digest.hosts import PrivateHostError, is_public, judged_address


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.1.2.3",
        "192.168.0.1",
        "172.16.5.5",
        "169.254.169.254",
        "100.64.0.1",
        "::1",
        "fd00::1",
        "fe80::1",
        "::ffff:127.0.0.1",
    ],
)
def test_addresses_of_this_machine_and_of_private_networks_are_not_public(address: str) -> None:
    assert not is_public(address)
    assert is_public("93.184.215.14")


@pytest.mark.parametrize("found", [["93.184.215.14", "10.0.0.1"], ["10.0.0.1", "93.184.215.14"], []])
def test_a_host_with_one_private_address_is_refused_whichever_comes_first(found: list[str]) -> None:
    with pytest.raises(PrivateHostError):
        judged_address("news.example", 80, look_up=lambda _host, _port: found)


def test_the_address_that_was_judged_is_the_one_to_connect_to() -> None:
    assert judged_address("news.example", 80, look_up=lambda _host, _port: ["93.184.215.14"]) == "93.184.215.14"
