"""Ports of the loopback that nobody listens on."""

import socket


def free_port() -> int:
    """Return a port that is free now; whoever is to have it had better take it soon."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])
