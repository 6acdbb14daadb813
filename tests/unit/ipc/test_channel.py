"""Messages over a real connection: whole, in pieces, and nothing that isn't one."""

import multiprocessing
import threading

import msgspec
import pytest

from pipeline.ipc.channel import PIECE_BYTES, Channel, ChannelClosed, greet
from pipeline.ipc.messages import FrameFacts, FrameSent, Heartbeat, JobDone, WorkerEvent
from pipeline.project.timebase import Rational


@pytest.fixture
def ends() -> tuple[Channel[WorkerEvent], Channel[WorkerEvent]]:
    one, other = multiprocessing.Pipe()
    return Channel(one, WorkerEvent), Channel(other, WorkerEvent)


def picture(size: int) -> FrameSent:
    facts = FrameFacts(
        pane="viewer", generation=1, plate="p", frame=3, pts=3, time_base=Rational(1, 24), timecode="00:00:00:03",
        layer="plate", quality="draft", size=(1, 1),
    )  # fmt: skip
    return FrameSent(facts=facts, height=1, width=1, slot=None, content=bytes(range(256)) * (size // 256))


def test_a_long_message_arrives_whole_and_no_piece_is_over_a_megabyte(
    ends: tuple[Channel[WorkerEvent], Channel[WorkerEvent]], monkeypatch: pytest.MonkeyPatch
) -> None:
    sender, receiver = ends
    sent = picture(3 * PIECE_BYTES + 512)
    sizes = []
    whole = type(sender.connection).send_bytes

    def noted(self: object, content: bytes) -> None:
        sizes.append(len(content))
        whole(self, content)  # type: ignore[arg-type]

    monkeypatch.setattr(type(sender.connection), "send_bytes", noted)
    thread = threading.Thread(target=sender.send, args=(sent,))
    thread.start()
    assert receiver.receive() == sent
    thread.join()
    assert len(sizes) == 4
    assert max(sizes) <= PIECE_BYTES


def test_messages_keep_their_order_and_kind(ends: tuple[Channel[WorkerEvent], Channel[WorkerEvent]]) -> None:
    sender, receiver = ends
    for number in range(3):
        sender.send(JobDone(job=number))
    sender.send(Heartbeat())
    assert [receiver.receive() for _ in range(4)] == [*(JobDone(job=number) for number in range(3)), Heartbeat()]


def test_bytes_that_are_no_message_are_refused(ends: tuple[Channel[WorkerEvent], Channel[WorkerEvent]]) -> None:
    sender, receiver = ends
    sender.connection.send_bytes(b"\x00" + msgspec.msgpack.encode({"type": "RunThis", "job": 1}))
    with pytest.raises(msgspec.ValidationError):
        receiver.receive()


def test_the_end_of_the_other_side_is_told(ends: tuple[Channel[WorkerEvent], Channel[WorkerEvent]]) -> None:
    sender, receiver = ends
    sender.close()
    with pytest.raises(ChannelClosed):
        receiver.receive()
    with pytest.raises(ChannelClosed):
        receiver.send(Heartbeat())


def test_who_does_not_know_the_key_is_turned_away() -> None:
    one, other = multiprocessing.Pipe()

    def answer() -> None:
        with pytest.raises(multiprocessing.AuthenticationError):
            greet(other, b"wrong", first=False)

    thread = threading.Thread(target=answer)
    thread.start()
    with pytest.raises(multiprocessing.AuthenticationError):
        greet(one, b"right", first=True)
    one.close()
    thread.join()
