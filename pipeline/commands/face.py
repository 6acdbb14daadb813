"""`face`: which identity goes onto which face of a project's plate, and whose motion it wears."""

import argparse
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from pipeline.commands.arguments import (
    Subcommands,
    add_compute,
    add_json,
    add_motion,
    add_project,
    check_motion,
    motion_of,
    share,
)
from pipeline.commands.console import Console, counted
from pipeline.commands.face_correct import register_correct
from pipeline.commands.face_matte import register_matte

if TYPE_CHECKING:
    from pipeline.jobs.face_review import ListedFace
    from pipeline.jobs.face_tracks import TracksPlace


def register(subcommands: Subcommands) -> None:
    parser = subcommands.add_parser("face", help="list the faces of a project, give them identities, leave one alone")
    actions = parser.add_subparsers(
        dest="action", required=True, metavar="list|assign|merge|split|correct|matte|motion|consent|ignore|share"
    )
    _register_tracks(actions)
    register_correct(actions)
    register_matte(actions)
    listing = actions.add_parser("list", help="the faces, in the order they are drawn in")
    listing.set_defaults(run=run_list)
    assigning = actions.add_parser(
        "assign",
        help="put an identity onto a face that `analyze` found",
        description="Puts an identity onto a track; what was keyed on its face stays. A face that names no track and "
        "takes this one names it then. Without --source and --identity the performer's own face is re-expressed.",
    )
    assigning.add_argument("--track", type=int, required=True, metavar="N", help="the face's number in `analyze`")
    assigning.add_argument(
        "--source",
        nargs="+",
        default=[],
        metavar="S",
        help="photos of the face that goes in, films, or FILM@FRAME; FILE#2 is the second face from the left",
    )
    assigning.add_argument("--identity", metavar="ID", help="an identity of the project instead, as `face list` shows")
    assigning.add_argument("--consent", metavar="FILE|TEXT", help="record of consent of the person in the sources")
    assigning.add_argument("--licence", metavar="TEXT", help="under which terms the sources may be used")
    assigning.add_argument("--share", type=share, metavar="X", help="share of the extra work at keyframes, 0 to 1")
    add_motion(assigning, assigning)
    add_compute(assigning)
    assigning.set_defaults(run=run_assign, parser=assigning)
    moving = actions.add_parser("motion", help="let a face wear another clip's expression; its identity stays")
    add_motion(moving, moving)
    moving.add_argument("--none", action="store_true", help="the performer's own motion again")
    moving.set_defaults(run=run_motion, parser=moving)
    consenting = actions.add_parser("consent", help="record that the person whose face goes in agreed, or take it back")
    record = consenting.add_mutually_exclusive_group(required=True)
    record.add_argument("--consent", metavar="FILE|TEXT", help="the record")
    record.add_argument("--none", action="store_true", help="without a record again")
    consenting.set_defaults(run=run_consent)
    ignoring = actions.add_parser("ignore", help="leave a face as it is in the plate; its keys stay")
    ignoring.add_argument("--undo", action="store_true", help="take it back into renders")
    ignoring.set_defaults(run=run_ignore)
    sharing = actions.add_parser("share", help="set how much extra work a face's keyframes get")
    sharing.add_argument(
        "--value", type=share, required=True, metavar="X", help="0 to 1; likeness doesn't depend on it"
    )
    sharing.set_defaults(run=run_share)
    for each in (listing, assigning, moving, consenting, ignoring, sharing):
        add_project(each)
        add_json(each)
    for each in (moving, consenting, ignoring, sharing):
        each.add_argument("--face", metavar="ID", help="face of the project (default: its only one)")


def _register_tracks(actions: Subcommands) -> None:
    merging = actions.add_parser(
        "merge",
        help="make one face of two that are one person",
        description="What is set and keyed of --face holds for both; the other's keyframes come along.",
    )
    other = merging.add_mutually_exclusive_group(required=True)
    other.add_argument("--with", dest="other", metavar="ID", help="the other face, which is gone then")
    other.add_argument("--with-track", dest="other", type=int, metavar="N", help="a track that no face takes yet")
    merging.set_defaults(run=run_merge)
    splitting = actions.add_parser(
        "split",
        help="part a face that is two people",
        description="What comes from --frame on is a face of its own, with the same identity and keys.",
    )
    splitting.add_argument("--frame", required=True, metavar="F", help="its first frame, or timecode")
    splitting.set_defaults(run=run_split)
    for each in (merging, splitting):
        add_project(each)
        add_compute(each)
        add_json(each)
        each.add_argument("--face", metavar="ID", help="face of the project (default: its only one)")


def run_merge(arguments: argparse.Namespace, console: Console) -> int:
    from pipeline.jobs.face_tracks import merge

    place = _place(arguments)
    return _answer(merge(place, arguments.face, arguments.other, console.progress, console.interrupt), console)


def run_split(arguments: argparse.Namespace, console: Console) -> int:
    from pipeline.jobs.face_tracks import split

    place = _place(arguments)
    return _answer(split(place, arguments.face, arguments.frame, console.progress, console.interrupt), console)


def _place(arguments: argparse.Namespace) -> "TracksPlace":
    from pipeline.jobs.face_tracks import TracksPlace
    from pipeline.jobs.render_request import Compute

    return TracksPlace(arguments.project, Compute(arguments.provider, arguments.threads, arguments.memory))


def run_list(arguments: argparse.Namespace, console: Console) -> int:
    from pipeline.jobs.face_review import list_faces

    return _answer(list_faces(arguments.project, console.note), console)


def run_assign(arguments: argparse.Namespace, console: Console) -> int:
    if arguments.source and arguments.identity:
        arguments.parser.error("--source makes an identity, --identity names one: give one of both")
    if arguments.licence and not arguments.source:
        arguments.parser.error("--licence is of the photos in --source")
    if arguments.consent and not arguments.source:
        arguments.parser.error("--consent is of the person in --source")
    check_motion(arguments)
    from pipeline.jobs.face_assign import AssignRequest, assign
    from pipeline.jobs.source_choice import source_choice
    from pipeline.project.consent import read_consent

    today = datetime.now(UTC).date()
    request = AssignRequest(
        track=arguments.track,
        sources=tuple(map(source_choice, arguments.source)),
        identity=arguments.identity,
        consent=None if arguments.consent is None else read_consent(arguments.consent, today),
        licence=arguments.licence,
        share=arguments.share,
        motion=motion_of(arguments),
    )
    return _answer(assign(_place(arguments), request, console.progress, console.interrupt), console)


def run_motion(arguments: argparse.Namespace, console: Console) -> int:
    if bool(arguments.motion) == arguments.none:
        arguments.parser.error("give --motion FILM[@FRAME], or --none for the performer's own")
    check_motion(arguments)
    from pipeline.jobs.face_review import set_motion

    return _answer(set_motion(arguments.project, arguments.face, motion_of(arguments)), console)


def run_consent(arguments: argparse.Namespace, console: Console) -> int:
    from pipeline.jobs.face_review import set_consent
    from pipeline.project.consent import read_consent

    consent = None if arguments.none else read_consent(arguments.consent, datetime.now(UTC).date())
    return _answer(set_consent(arguments.project, arguments.face, consent), console)


def run_ignore(arguments: argparse.Namespace, console: Console) -> int:
    from pipeline.jobs.face_review import ignore

    return _answer(ignore(arguments.project, arguments.face, not arguments.undo), console)


def run_share(arguments: argparse.Namespace, console: Console) -> int:
    from pipeline.jobs.face_review import set_share

    return _answer(set_share(arguments.project, arguments.face, arguments.value), console)


def _answer(faces: "list[ListedFace]", console: Console) -> int:
    if not console.as_json:
        for each in faces:
            console.say(_told(each))
    console.answer({"faces": [each.values() for each in faces]})
    return 0


def _told(listed: "ListedFace") -> str:
    from pipeline.project.track_piece import label

    face, identity = listed.face, listed.identity
    track = "most prominent face" if face.track is None else f"track {label(face)}"
    who = "the performer's own face" if identity is None else f"{identity.name} ({identity.id})"
    agreed = "consent on record" if listed.consent is not None else "no consent on record"
    marks = [
        agreed,
        f"share {face.share:g}",
        counted(len(face.keyframes), "keyframe"),
        *(["ignored"] if face.ignored else []),
    ]
    if face.motion is not None:
        frame = "" if face.motion.frame is None else f"@{face.motion.frame}"
        marks.append(f"motion of {face.motion.path}{frame}")
    return f"{face.id}: {track} ← {who}; {', '.join(marks)}"
