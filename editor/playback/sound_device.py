"""The system's sound device, by QtMultimedia; loaded when something is first to be heard."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QIODevice

from editor.language.translation import tr
from editor.playback.sound_sink import BUFFER_S, SoundSink
from editor.playback.sound_store import SAMPLE_BYTES
from pipeline.ipc.messages import SOUND_RATE

if TYPE_CHECKING:
    from PySide6.QtMultimedia import QAudioSink


def open_sound_device() -> SoundSink | str:
    """The default device; where there is none that can be used, why, in words."""
    try:
        from PySide6.QtMultimedia import QAudioFormat, QAudioSink, QMediaDevices
    except ImportError as error:
        return tr("a library of the system is missing ({error})", error=error)
    wanted = QAudioFormat()
    wanted.setSampleRate(SOUND_RATE)
    wanted.setChannelCount(2)
    wanted.setSampleFormat(QAudioFormat.SampleFormat.Int16)
    device = QMediaDevices.defaultAudioOutput()
    if device.isNull():
        return tr("the system has no sound device")
    if not device.isFormatSupported(wanted):
        return tr(
            "{device} takes no stereo sound at {rate} kHz",
            device=device.description(),
            rate=SOUND_RATE // 1000,
        )
    return _Device(QAudioSink(device, wanted))


class _Device:
    """A `SoundSink` over a QAudioSink that is written to."""

    def __init__(self, sink: QAudioSink) -> None:
        self._sink = sink
        self._sink.setBufferSize(int(BUFFER_S * SOUND_RATE) * SAMPLE_BYTES)
        self._input: QIODevice | None = None

    def start(self) -> None:
        self._input = self._sink.start()

    def stop(self) -> None:
        # What was handed over isn't played any more.
        self._sink.reset()
        self._input = None

    def room(self) -> int:
        return 0 if self._input is None else self._sink.bytesFree() // SAMPLE_BYTES

    def write(self, samples: bytes) -> None:
        if self._input is not None:
            self._input.write(samples)

    def played(self) -> int:
        return int(self._sink.processedUSecs()) * SOUND_RATE // 1_000_000
