"""Sources of an identity: photos, frames of films and whole films, and the one face in each that is meant.

Of a whole film the best views of its main person are taken.
"""

from collections.abc import Sequence

from pipeline.analysis.photo_faces import find_faces
from pipeline.analysis.photo_hands import hand_share
from pipeline.engines.faces import FaceMesh, SourcePhoto
from pipeline.engines.recognizers.faceres import SAME_PERSON, FaceResRecognizer
from pipeline.engines.session import SessionPool
from pipeline.errors import FaceTooSmall, FaceTooTurned, MediaUnreadable, NoFace, SeveralFaces
from pipeline.imaging.arrays import ImageU8
from pipeline.imaging.face_measures import face_width, yaw_degrees
from pipeline.jobs.harvest import HarvestedView, harvest
from pipeline.jobs.progress import CancelledCheck, never_cancelled
from pipeline.jobs.source_choice import SourceChoice
from pipeline.media.photo import read_photo
from pipeline.media.plate_view import view_of
from pipeline.media.probe import probe
from pipeline.media.reader import open_plate

LEAST_WIDTH_PX = 48
"""Below this a face shows no skin worth taking."""
MOST_TURN_DEGREES = 45.0
"""Beyond this half of the face isn't in the photo."""
LEAST_OF_PLATE = 0.4
"""A photo's face narrower than this part of the plate's has too little detail for it."""
LEAST_COVERED = 0.02
"""Below this share of the face's chart a hand before it isn't worth a word."""
_BYSTANDER = 0.5
"""Other faces narrower than this part of the widest are not taken for the one that is meant."""


def read_sources(
    choices: Sequence[SourceChoice], pool: SessionPool, cancelled: CancelledCheck = never_cancelled
) -> list[SourcePhoto]:
    """The views of one identity, each with the mesh of its face; a film gives up to three. The first one leads.

    Raises MediaError: a file that is no picture or film. RangeError: a film without that frame.
    NoFace, SeveralFaces, FaceTooSmall, FaceTooTurned: see there.
    """
    return [photo for choice in choices for photo in _read_source(choice, pool, cancelled)]


def source_picture(choice: SourceChoice) -> tuple[ImageU8, str]:
    """The photo, or the one frame of a film, that a choice names, and what to call it.

    Raises MediaError: it cannot be read. RangeError: the film has no such frame.
    """
    if choice.frame is None:
        return read_photo(choice.path), choice.path.name
    with open_plate(choice.path) as reader:
        return view_of(reader.info).rgb8(reader.read(choice.frame)), f"{choice.path.name} frame {choice.frame}"


def harvested_views(choice: SourceChoice, pool: SessionPool, cancelled: CancelledCheck) -> list[HarvestedView]:
    """The best views of a film's main person, the leading one first.

    Raises SeveralFaces: a face is chosen, which only a frame can have. NoFace: the film shows none.
    """
    if choice.face is not None:
        raise SeveralFaces(
            f"{choice.path} is a film: a face is chosen in one of its frames, "
            f"for example {choice.path.name}@0#{choice.face}."
        )
    with open_plate(choice.path) as reader:
        views = harvest(reader, pool, cancelled)
    if not views:
        raise NoFace(f"No face was found in the film {choice.path}. Choose another, or a photo.")
    return views


def _read_source(choice: SourceChoice, pool: SessionPool, cancelled: CancelledCheck) -> list[SourcePhoto]:
    if choice.path.is_dir():
        raise MediaUnreadable(f"{choice.path} is a folder; name the photos inside it.")
    if choice.frame is None and probe(choice.path).kind == "film":
        return _harvested(choice, pool, cancelled)
    image, name = source_picture(choice)
    mesh = _chosen(choice, sorted(find_faces(image, pool), key=from_left))
    check_usable(mesh, name)
    return [SourcePhoto(image=image, mesh=mesh, name=name)]


def _harvested(choice: SourceChoice, pool: SessionPool, cancelled: CancelledCheck) -> list[SourcePhoto]:
    views, name = harvested_views(choice, pool, cancelled), choice.path.name
    check_usable(views[0].mesh, f"{name} frame {views[0].frame}, the best of the film,")
    return [
        SourcePhoto(image=view.image, mesh=view.mesh, name=f"{name} {view.described()}", harvested=True)
        for view in views
    ]


def remarks(photos: Sequence[SourcePhoto], pool: SessionPool) -> list[str]:
    """What the user should know of the views of one identity: which were taken of a film, what a hand covers, and who
    seems a stranger."""
    told = [f"Taken from a source film: {photo.name}." for photo in photos if photo.harvested]
    if told:
        told.append("The command `sources` shows what is taken of a film.")
    told.extend(
        f"A hand covers {share:.0%} of the face in {photo.name}, and is painted onto the result with it. "
        "Choose a photo with nothing before the face."
        for photo in photos
        if (share := covered_by_hand(photo.image, photo.mesh, pool))
    )
    if len(photos) < 2:
        return told
    recognizer = FaceResRecognizer(pool)
    lead = recognizer.embed(photos[0].image, photos[0].mesh)
    for photo in photos[1:]:
        likeness = float(recognizer.embed(photo.image, photo.mesh) @ lead)
        if likeness < SAME_PERSON:
            told.append(
                f"{photo.name} may show another person than {photos[0].name} (likeness {likeness:.2f}; one person's "
                f"photos mostly reach {SAME_PERSON}). Both are used. Leave one out if they aren't the same."
            )
    return told


def small_for(photos: Sequence[SourcePhoto], plate_width_px: float) -> str | None:
    """What to know of an identity whose largest photo is much smaller than the plate's face; None where it isn't."""
    if not photos:
        return None
    largest = max(photos, key=lambda photo: face_width(photo.mesh.landmarks))
    width = face_width(largest.mesh.landmarks)
    if width >= LEAST_OF_PLATE * plate_width_px:
        return None
    return (
        f"The face is {width:.0f} pixels wide in {largest.name} and about {plate_width_px:.0f} in the plate: "
        "skin and brows will look soft and uneven. Choose a larger photo where there is one."
    )


def covered_by_hand(image: ImageU8, mesh: FaceMesh, pool: SessionPool) -> float:
    """Share 0..1 of a photo's face that a hand covers; 0 where it is too little to be seen."""
    share = hand_share(image, mesh, pool)
    return share if share >= LEAST_COVERED else 0.0


def check_usable(mesh: FaceMesh, name: str) -> None:
    """Raises FaceTooSmall, FaceTooTurned: the face called `name` is of no use."""
    width = face_width(mesh.landmarks)
    if width < LEAST_WIDTH_PX:
        raise FaceTooSmall(
            f"The face in {name} is {width:.0f} pixels wide; at least {LEAST_WIDTH_PX} are needed, "
            "and 150 or more look good. Choose a larger photo."
        )
    turn = yaw_degrees(mesh.landmarks)
    if abs(turn) > MOST_TURN_DEGREES:
        raise FaceTooTurned(
            f"The face in {name} is turned by {abs(turn):.0f} degrees; up to {MOST_TURN_DEGREES:.0f} "
            "can be used, and under 20 looks best. Choose a photo from nearer the front."
        )


def _chosen(choice: SourceChoice, faces: list[FaceMesh]) -> FaceMesh:
    """The face that is meant, of those found, from left to right."""
    if not faces:
        raise NoFace(f"No face was found in {choice.path}. Choose a sharp photo that shows the face from the front.")
    if choice.face is not None:
        if choice.face > len(faces):
            shown = "one face" if len(faces) == 1 else f"{len(faces)} faces"
            raise NoFace(f"{choice.path} shows {shown}, so there is no face {choice.face}.")
        return faces[choice.face - 1]
    widest = max(face_width(face.landmarks) for face in faces)
    likely = [face for face in faces if face_width(face.landmarks) >= _BYSTANDER * widest]
    if len(likely) > 1:
        listed = "; ".join(f"#{number} {_described(face)}" for number, face in enumerate(faces, 1))
        raise SeveralFaces(
            f"{choice.path} shows {len(faces)} faces, from the left: {listed}. "
            f"Say which one is meant, for example {choice.path.name}#1; the command `sources` shows them."
        )
    return likely[0]


def _described(face: FaceMesh) -> str:
    x, y = face.landmarks[:, :2].mean(axis=0)
    return f"at {x:.0f}, {y:.0f}, {face_width(face.landmarks):.0f} pixels wide"


def from_left(face: FaceMesh) -> float:
    """Where a face stands, for sorting: faces are counted from the left."""
    return float(face.landmarks[:, 0].mean())
