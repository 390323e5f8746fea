"""Which network addresses belong to the public internet."""

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import Final

# IANA's registries of special-purpose addresses, written out: what Python calls global differs between its versions, and
# counts multicast and carriers' networks in or out as nobody would guess.
_NOT_PUBLIC: Final = tuple(
    ip_network(each)
    for each in (
        "0.0.0.0/8",  # this network
        "10.0.0.0/8",  # private
        "100.64.0.0/10",  # behind a carrier's address translation
        "127.0.0.0/8",  # this machine
        "168.63.129.16/32",  # Azure's own services, reached from within
        "169.254.0.0/16",  # link-local; clouds tell their secrets at 169.254.169.254
        "172.16.0.0/12",  # private
        "192.0.0.0/24",  # protocol assignments; Oracle's cloud tells secrets at 192.0.0.192
        "192.0.2.0/24",  # documentation
        "192.88.99.0/24",  # 6to4 relays
        "192.168.0.0/16",  # private
        "198.18.0.0/15",  # benchmarks
        "198.51.100.0/24",  # documentation
        "203.0.113.0/24",  # documentation
        "224.0.0.0/4",  # multicast
        "240.0.0.0/4",  # reserved, broadcast
        "2001::/23",  # protocol assignments: Teredo wraps an IPv4 address
        "2001:db8::/32",  # documentation
        "2002::/16",  # 6to4 wraps an IPv4 address
        "3fff::/20",  # documentation
    )
)
# Everything public in IPv6 lies here. Outside are this machine, private and link-local addresses, multicast, and IPv4
# addresses in a wrapper: ::ffff:0:0/96, ::/96, NAT64's 64:ff9b::/96.
_UNICAST: Final = ip_network("2000::/3")


def is_public(address: str) -> bool:
    """Whether a numeric address (IPv4 or IPv6) is one of the public internet; False for everything special."""
    ip: IPv4Address | IPv6Address = ip_address(address)
    return (ip.version == 4 or ip in _UNICAST) and not any(ip in network for network in _NOT_PUBLIC)
