"""Slow, silent and half-dead clients over real sockets: they are cut off, and others do not wait for them."""

import socket
import threading
from collections.abc import Callable, Iterator

import pytest
import uvicorn
from fastapi import FastAPI

from service.protocol import ImpatientProtocol

MakeApp = Callable[..., FastAPI]
BODY = b'{"text": "China denied arming Russia."}'
HEAD = b"POST /v1/stance HTTP/1.1\r\nHost: t\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n" % len(
    BODY
)
SHORT = 0.2
SMALL = 16_384
Connect = Callable[[], socket.socket]


@pytest.fixture
def connect(make_app: MakeApp) -> Iterator[Connect]:
    """A service that has little patience, in a thread; gives connections to it."""
    protocol = type("Short", (ImpatientProtocol,), {"patience_seconds": SHORT})
    app = make_app(deadline_seconds=SHORT, max_pending_texts=256)
    server = uvicorn.Server(uvicorn.Config(app, http=protocol, log_config=None, timeout_keep_alive=30))
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, SMALL)  # or megabytes go before a client is slow
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, SMALL)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        opened: list[socket.socket] = []

        def open_one() -> socket.socket:
            opened.append(socket.create_connection(listener.getsockname(), timeout=30))
            return opened[-1]

        yield open_one
        for one in opened:
            one.close()
        server.should_exit = True
        thread.join(30)
        assert not thread.is_alive()


def everything(connection: socket.socket) -> bytes:
    """What the service sends until it hangs up; waiting longer than the socket's timeout fails the test."""
    received = b""
    try:
        while part := connection.recv(65536):
            received += part
    except ConnectionResetError:
        pass
    return received


@pytest.mark.parametrize("sent", [b"", b"POST /v1/sta", HEAD[:-2]])
def test_a_head_that_never_ends_is_cut(connect: Connect, sent: bytes) -> None:
    connection = connect()
    connection.sendall(sent)
    assert everything(connection) == b""


def test_a_second_head_that_never_ends_is_cut(connect: Connect) -> None:
    connection = connect()
    connection.sendall(HEAD + BODY + HEAD[:30])
    answered = everything(connection)
    assert answered.startswith(b"HTTP/1.1 200 OK")
    assert answered.count(b"HTTP/1.1") == 1


@pytest.mark.parametrize("sent", [HEAD, HEAD + BODY[:20]])
def test_a_body_that_never_ends_gets_504_and_is_cut(connect: Connect, sent: bytes) -> None:
    connection = connect()
    connection.sendall(sent)
    answered = everything(connection)
    assert answered.startswith(b"HTTP/1.1 504")
    assert b"deadline_exceeded" in answered


def test_others_are_answered_while_many_bodies_are_half_sent(connect: Connect) -> None:
    slow = [connect() for _ in range(100)]
    for connection in slow:
        connection.sendall(HEAD + BODY[:20])
    quick = connect()
    quick.sendall(HEAD + BODY)
    assert quick.recv(10_000).startswith(b"HTTP/1.1 200 OK")
    assert all(everything(connection).startswith(b"HTTP/1.1 504") for connection in slow)


def test_a_client_that_takes_no_answer_in_is_cut(connect: Connect) -> None:
    connection = connect()
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, SMALL)
    requests = b"GET /page/page.js HTTP/1.1\r\nHost: t\r\n\r\n" * 1_000

    def ask_on_and_on() -> None:  # until the answers have filled every buffer on the way
        while True:
            connection.sendall(requests)

    with pytest.raises(ConnectionError):
        ask_on_and_on()


def test_a_patient_client_keeps_its_connection(connect: Connect) -> None:
    connection = connect()
    for _ in range(3):
        connection.sendall(HEAD)
        connection.sendall(BODY)
        assert connection.recv(10_000).startswith(b"HTTP/1.1 200 OK")
