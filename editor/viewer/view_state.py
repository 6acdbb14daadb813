"""What the viewer shows and how it compares; the canvas draws it, actions change it."""

from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QObject, Signal

from editor.language.translation import mark, tr
from editor.playback.pictures import Picture
from editor.viewer.overlays import Overlay
from editor.viewer.view_tone import Channel, ViewTone
from pipeline.ipc.messages import Layer

Compare = Literal["single", "wipe", "side", "over", "blend", "tile", "onion", "other"]
"""`over`: one above the other. `blend`: one through the other. `tile`: plate, result, matte and difference. `other`:
what the layer is compared with, whole."""
Filter = Literal["automatic", "nearest", "linear"]
"""How pictures are enlarged; `automatic`: unsmoothed from 200 % on."""
Mirror = Literal["flop", "flip"]
"""Left and right changed; top and bottom."""
Against = Literal["plate", "grab", "film", "version"]
"""What a layer is compared with."""
_SPLITS: tuple[Compare, ...] = ("wipe", "side", "over", "blend")
"""Ways to show two pictures."""
_BESIDE: tuple[Compare, ...] = (*_SPLITS, "other")
"""Ways to compare with something else than the frame's neighbours."""

LAYER_WORDS: dict[Layer, str] = {
    "plate": mark("Plate"),
    "result": mark("Result"),
    "matte": mark("Matte"),
    "difference": mark("Difference"),
    "alpha": mark("Alpha"),
}
TILES: tuple[Layer, ...] = ("plate", "result", "matte", "difference")
DIFFERENCE_GAINS = (1, 4, 16)
BLENDS = (0.25, 0.5, 0.75)
_MIRROR_WORDS: dict[Mirror, str] = {"flop": mark("flopped"), "flip": mark("flipped")}


@dataclass(frozen=True, slots=True, eq=False)
class Reference:
    """What stands in the plate's place: its name, its picture where one is there, and why there is none."""

    name: str
    picture: Picture | None
    problem: str = ""


class ViewState(QObject):
    """One layer, or the plate against it, or in the plate's place a grab, another film or another version."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._layer: Layer = "result"
        self._before: Layer = "result"
        self._compare: Compare = "single"
        self._compare_before: Compare = "single"
        self._wipe = 0.5
        self._blend = BLENDS[1]
        self._filter: Filter = "automatic"
        self._gain = DIFFERENCE_GAINS[1]
        self._tone = ViewTone()
        self._references: dict[Against, Reference] = {}
        self._against: Against = "plate"
        self.overlays: frozenset[Overlay] = frozenset()
        """What lies over the picture, beside its head-up display."""
        self.hud = True
        self.safe_areas = False
        """Whether action and title safe areas are drawn."""
        self.mirrors: frozenset[Mirror] = frozenset()

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
    def blend(self) -> float:
        """How much of the layer is seen over what it is compared with, 0..1."""
        return self._blend

    @property
    def filter(self) -> Filter:
        return self._filter

    @property
    def seen_words(self) -> str:
        """In which way the picture isn't seen as it is; empty where it is."""
        mirrors = [tr(words) for mirror, words in _MIRROR_WORDS.items() if mirror in self.mirrors]
        return "   ".join(each for each in (self._tone.words, *mirrors) if each)

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
        if self._compare == "tile":
            return TILES
        if not self.is_split or self.reference is not None:
            return (self._layer,)
        return ("plate", self._layer)

    @property
    def is_split(self) -> bool:
        """Whether the canvas shows several pictures."""
        if self._compare == "tile":
            return True
        return self._compare in _SPLITS and (self._against != "plate" or self._layer != "plate")

    @property
    def reference(self) -> Reference | None:
        """The grab, film or version, where it is what the layer is compared with; None: the plate is."""
        return self._references.get(self._against) if self._compare in _BESIDE else None

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

    def toggle_alpha(self) -> None:
        """The plate's alpha channel, and back to what was shown before it."""
        self.show(self._before if self._layer == "alpha" else "alpha")

    def toggle_other(self) -> None:
        """What the layer is compared with, in its place and whole, and back to what was shown before."""
        if self._compare == "other":
            self._compare = self._compare_before
        elif self._against == "plate":
            self.toggle_plate()
            return
        else:
            self._compare_before, self._compare = self._compare, "other"
        self.changed.emit()

    def toggle_compare(self, compare: Compare) -> None:
        """Compare the plate with the layer in this way, or the frame with its neighbours, or stop it."""
        self._compare = "single" if compare == self._compare else compare
        if self._compare in _SPLITS and self._layer == "plate" and self._against == "plate":
            self._layer = "result"
        self.changed.emit()

    def keep_grab(self, picture: Picture) -> None:
        """Keep a picture as it is now, to compare what comes with it."""
        self._references["grab"] = Reference(tr("Grab of {frame}", frame=picture.frame), picture)
        self.changed.emit()

    def put_reference(self, against: Against, reference: Reference) -> None:
        """What another film or version shows at the playhead's frame, or why it shows nothing."""
        self._references[against] = reference
        self.changed.emit()

    def forget_references(self) -> None:
        """They belong to nothing that is open."""
        self._references.clear()
        self.compare_with("plate")

    def toggle_grab(self) -> None:
        """Compare with the grab, or with the plate again."""
        self.compare_with("plate" if self._against == "grab" or not self.has_grab else "grab")

    def compare_with(self, against: Against, reference: Reference | None = None) -> None:
        """Compare with that from now on, which shows `reference` at first; without a way to compare yet, by a wipe."""
        self._against = against
        if reference is not None:
            self._references[against] = reference
        if against != "plate" and self._compare not in _BESIDE:
            self._compare = "wipe"
        elif against == "plate" and self._compare == "other":
            self._compare = self._compare_before
        self.changed.emit()

    def set_wipe(self, share: float) -> None:
        self._wipe = min(max(share, 0.0), 1.0)
        self.changed.emit()

    def next_blend(self) -> None:
        """More of the layer, or least of it again."""
        self._blend = BLENDS[(BLENDS.index(self._blend) + 1) % len(BLENDS)]
        self.changed.emit()

    def use_filter(self, chosen: Filter) -> None:
        self._filter = chosen
        self.changed.emit()

    def toggle_mirror(self, mirror: Mirror) -> None:
        self.mirrors ^= {mirror}
        self.changed.emit()

    def toggle_safe_areas(self) -> None:
        self.safe_areas = not self.safe_areas
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
