"""Which network addresses may be connected to: nothing but the public internet."""

import pytest

from articles.networks import is_public

PUBLIC = [
    "8.8.8.8",
    "93.158.134.3",
    "100.63.255.255",
    "100.128.0.1",
    "172.32.0.1",
    "2a02:6b8::2:242",
    "2606:4700::1111",
]
SPECIAL = [
    *("0.1.2.3", "10.1.2.3", "100.64.0.1", "100.127.255.255", "127.0.0.1", "127.255.0.1", "168.63.129.16"),
    *("169.254.169.254", "169.254.170.2", "172.16.0.1", "172.31.255.255", "192.0.0.192", "192.0.2.1", "192.88.99.1"),
    *("192.168.1.1", "198.18.0.1", "198.19.255.255", "198.51.100.1", "203.0.113.1", "224.0.0.1", "239.1.1.1"),
    *("240.0.0.1", "255.255.255.255", "::", "::1", "::127.0.0.1", "::ffff:127.0.0.1", "::ffff:8.8.8.8"),
    *(
        "64:ff9b::7f00:1",
        "64:ff9b::808:808",
        "64:ff9b:1::1",
        "100::1",
        "2001::1",
        "2001:0:4136:e378:8000:63bf:3fff:fdd2",
    ),
    *("2001:db8::1", "2002:7f00:1::", "2002:808:808::1", "3fff::1", "5f00::1", "fc00::1", "fd00:ec2::254", "fe80::1"),
    *("fe80::1%eth0", "fec0::1", "ff02::1", "ff0e::1"),
]


@pytest.mark.parametrize("address", PUBLIC)
def test_a_public_address_is_taken(address):
    assert is_public(address)


@pytest.mark.parametrize("address", SPECIAL)
def test_a_special_address_is_refused_wrapped_ones_included(address):
    assert not is_public(address)
