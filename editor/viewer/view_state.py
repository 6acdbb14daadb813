"""What the viewer shows and how it compares; the canvas draws it, actions change it."""

from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QObject, Signal

from editor.language.translation import mark, tr
from editor.playback.pictures import Picture
from editor.viewer.overlays import Overlay
from editor.viewer.view_tone import Channel, ViewTone
from pipeline.ipc.messages import Layer

Compare = Literal["single", "wipe", "side", "onion"]
Against = Literal["plate", "grab", "film"]
"""What a layer is compared with."""

LAYER_WORDS: dict[Layer, str] = {
    "plate": mark("Plate"),
    "result": mark("Result"),
    "matte": mark("Matte"),
    "difference": mark("Difference"),
}
DIFFERENCE_GAINS = (1, 4, 16)


@dataclass(frozen=True, slots=True, eq=False)
class Reference:
    """What stands in the plate's place: its name, its picture where one is there, and why there is none."""

    name: str
    picture: Picture | None
    problem: str = ""


class ViewState(QObject):
    """One layer, or the plate against it, or a grab or another film in the plate's place."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._layer: Layer = "result"
        self._before: Layer = "result"
        self._compare: Compare = "single"
        self._wipe = 0.5
        self._gain = DIFFERENCE_GAINS[1]
        self._tone = ViewTone()
        self._references: dict[Against, Reference] = {}
        self._against: Against = "plate"
        self.overlays: frozenset[Overlay] = frozenset()
        """What lies over the picture, beside its head-up display."""
        self.hud = True

    @property
    def layer(self) -> Layer:
        return self._layer

    @property
    def compare(self) -> Compare:
        return self._compare

    @property
    def wipe(self) -> float:
        """Where the wipe stands, as a share of the picture's width."""
        return self._wipe

    @property
    def gain(self) -> int:
        """Times a difference is brightened."""
        return self._gain

    @property
    def tone(self) -> ViewTone:
        """How every layer is looked at."""
        return self._tone

    @property
    def layers(self) -> tuple[Layer, ...]:
        """The layers on the canvas that belong to the playhead's frame, left to right."""
        if not self.is_split or self.reference is not None:
            return (self._layer,)
        return ("plate", self._layer)

    @property
    def is_split(self) -> bool:
        """Whether the canvas shows one thing against another."""
        return self._compare in ("wipe", "side") and (self._against != "plate" or self._layer != "plate")

    @property
    def reference(self) -> Reference | None:
        """The grab or film, where it is what the layer is compared with; None: the plate is."""
        return self._references.get(self._against) if self._compare in ("wipe", "side") else None

    @property
    def has_grab(self) -> bool:
        return "grab" in self._references

    @property
    def against(self) -> Against:
        """What comparing is with."""
        return self._against

    def show(self, layer: Layer) -> None:
        if layer != self._layer:
            self._before, self._layer = self._layer, layer
            self.changed.emit()

    def toggle_plate(self) -> None:
        """The plate, and back to what was shown before it."""
        if self._layer == "plate":
            self.show("result" if self._before == "plate" else self._before)
        else:
            self.show("plate")

    def toggle_compare(self, compare: Compare) -> None:
        """Compare the plate with the layer in this way, or the frame with its neighbours, or stop it."""
        self._compare = "single" if compare == self._compare else compare
        if self._compare in ("wipe", "side") and self._layer == "plate" and self._against == "plate":
            self._layer = "result"
        self.changed.emit()

    def keep_grab(self, picture: Picture) -> None:
        """Keep a picture as it is now, to compare what comes with it."""
        self._references["grab"] = Reference(tr("Grab of {frame}", frame=picture.frame), picture)
        self.changed.emit()

    def put_film(self, reference: Reference) -> None:
        """What another film shows at the playhead's frame, or why it shows nothing."""
        self._references["film"] = reference
        self.changed.emit()

    def forget_references(self) -> None:
        """They belong to nothing that is open."""
        self._references.clear()
        self._against = "plate"
        self.changed.emit()

    def toggle_grab(self) -> None:
        """Compare with the grab, or with the plate again."""
        self.compare_with("plate" if self._against == "grab" or not self.has_grab else "grab")

    def compare_with(self, against: Against) -> None:
        """Compare with that from now on; without a way to compare yet, by a wipe."""
        self._against = against
        if against != "plate" and self._compare not in ("wipe", "side"):
            self._compare = "wipe"
        self.changed.emit()

    def set_wipe(self, share: float) -> None:
        self._wipe = min(max(share, 0.0), 1.0)
        self.changed.emit()

    def next_gain(self) -> None:
        """Differences brighter, or as they are again."""
        self._gain = DIFFERENCE_GAINS[(DIFFERENCE_GAINS.index(self._gain) + 1) % len(DIFFERENCE_GAINS)]
        self.changed.emit()

    def set_tone(self, tone: ViewTone) -> None:
        if tone != self._tone:
            self._tone = tone
            self.changed.emit()

    def show_channel(self, channel: Channel) -> None:
        """One channel alone; the same one again shows all."""
        self.set_tone(self._tone.of_channel(channel))

    def toggle(self, overlay: Overlay) -> None:
        """Lay it over the picture, or take it away."""
        self.overlays ^= {overlay}
        self.changed.emit()

    def toggle_hud(self) -> None:
        self.hud = not self.hud
        self.changed.emit()
