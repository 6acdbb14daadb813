"""One authenticated connection that carries messages: msgpack bytes, never pickles, at most a megabyte at a time.

A message longer than that goes in pieces, so that nothing on the way needs a larger buffer. Each side names the
messages it accepts; anything else is an error.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection, answer_challenge, deliver_challenge
from threading import Lock
from typing import Any, Generic, TypeVar

import msgspec

PIECE_BYTES = 1 << 20
"""Longest run of bytes sent at once, the mark included."""
_MORE, _LAST = b"\x01", b"\x00"

In = TypeVar("In")


class ChannelClosed(Exception):
    """The other side is gone."""


class Channel(Generic[In]):
    """A connection that takes in messages of one union. Any thread may send; one thread receives."""

    def __init__(self, connection: "Connection[bytes, bytes]", accepts: Any) -> None:
        self.connection = connection
        self._decoder: msgspec.msgpack.Decoder[In] = msgspec.msgpack.Decoder(accepts)
        self._sending = Lock()

    def send(self, message: msgspec.Struct) -> None:
        """Send one message, waiting while the other side doesn't read. Raises ChannelClosed."""
        content = memoryview(msgspec.msgpack.encode(message))
        step = PIECE_BYTES - 1
        pieces = [content[at : at + step] for at in range(0, len(content), step)]
        with self._sending, _closed_in_words():
            for number, piece in enumerate(pieces, 1):
                mark = _LAST if number == len(pieces) else _MORE
                self.connection.send_bytes(b"".join((mark, piece)))

    def receive(self) -> In:
        """The next message, waiting for it. Raises ChannelClosed; msgspec.DecodeError: it is none this side knows."""
        pieces = []
        with _closed_in_words():
            while True:
                piece = self.connection.recv_bytes(PIECE_BYTES)
                pieces.append(memoryview(piece)[1:])
                if piece[:1] == _LAST:
                    break
        return self._decoder.decode(pieces[0] if len(pieces) == 1 else b"".join(pieces))

    def close(self) -> None:
        """Let go of the connection; the other side then sees the end."""
        self.connection.close()


def greet(connection: "Connection[bytes, bytes]", key: bytes, *, first: bool) -> None:
    """Prove to each other that both sides know `key`; one side is `first`.

    Raises AuthenticationError: the other side doesn't know it. EOFError, OSError: it is gone.
    """
    if first:
        deliver_challenge(connection, key)
        answer_challenge(connection, key)
    else:
        answer_challenge(connection, key)
        deliver_challenge(connection, key)


@contextmanager
def _closed_in_words() -> Iterator[None]:
    try:
        yield
    except (EOFError, OSError) as error:
        raise ChannelClosed("The other process is gone.") from error
