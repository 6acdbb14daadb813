"""A document for tests: one plate, one face, whatever is asked for on it."""

from collections.abc import Iterable

from pipeline.project.keyframe import Keyframe
from pipeline.project.parameters import MeshSettings
from pipeline.project.project import FaceTrack, Identity, Performer, Plate, Project, Source
from pipeline.project.timebase import Rational


def one_face(frames: int = 400, keyframes: Iterable[int] = (), settings: MeshSettings | None = None) -> Project:
    """A project of one face whose detected keyframes lie on `keyframes`."""
    face = FaceTrack(
        id="face-1",
        plate="plate-1",
        performer="performer-1",
        identity="identity-1",
        settings=settings or MeshSettings(),
        keyframes=tuple(
            Keyframe(frame=f, origin="detected", kind="apex", score=0.5, reasons=("smile",)) for f in keyframes
        ),
    )
    plate = Plate(id="plate-1", path="a.mp4", sha256="0" * 64, frames=frames, width=640, height=360, rate=Rational(24))
    source = Source(path="x.png", sha256="1" * 64)
    return Project(
        plates=(plate,),
        identities=(Identity(id="identity-1", name="Ada", sources=(source,)),),
        performers=(Performer(id="performer-1", name="performer"),),
        faces=(face,),
    )
