"""Makes the guide's pictures of the editor anew, in docs/images: projects on the clips that ship, and `screenshot`.

Takes some minutes. Which frames, keys and strokes they show stands here; look at what comes out.
"""

import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from pipeline import api  # noqa: E402

IMAGES = ROOT / "docs" / "images"
MEDIA = ROOT / "tests" / "data" / "media"
DEMO = ROOT / "resources" / "demo"
CONSENT = "synthetic face, nobody's likeness"
MARKERS = "frame,name,colour\n20,Look up,red\n64,Smile,green\n100,Turn,blue\n"
SMILE = {38: 0.55, 70: 0.6, 75: 1.2, 100: 0.8}
"""The smile's weight at keyframes of the demo."""
APEX, HAND = 70, 140
"""The demo's frame with the widest smile; that of the hand clip in which the mouth is half hidden."""
HAIR = ((538.0, 160.0), (552.0, 222.0), (537.0, 282.0))
NOSE = ((461.0, 185.0), (459.0, 205.0), (462.0, 230.0))
"""Strokes in that frame, pixels: where the plate is to show, and where the face is."""
WIDE, SMALL = "1600x1000", "1280x800"


def main() -> int:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _picture("editor-start", None, "--size", "1280x720")
        demo = _demo(folder)
        _picture("editor", demo, "--frame", f"{APEX}", "--view", "side", "--measured", "--size", WIDE)
        _picture("editor-curves", demo, "--frame", "75", "--curve", "AU12L", "--size", WIDE)
        _picture("editor-people", demo, "--frame", f"{APEX}", "--panel", "identity", "--size", SMALL)
        landmarks, mattes = _hand(folder)
        tool = ("--frame", f"{HAND}", "--size", WIDE, "--action")
        _picture("editor-landmarks", landmarks, *tool, "landmark.correct_parts")
        _picture("editor-mattes", mattes, *tool, "matte.paint_strokes")
        _picture("editor-faces", _group(folder), "--panel", "faces", "--size", SMALL)
    return 0


def _demo(folder: Path) -> Path:
    """The demo with keys, a review begun, and markers."""
    project = api.Project.new(folder / "demo.likeness", DEMO / "plate.mp4", [DEMO / "portrait.jpg"], consent=CONSENT)
    project.find_keyframes()
    for frame, value in SMILE.items():
        for side in "LR":
            project.key(f"AU12{side}", value, frame)
    for each in project.keyframes()[:4]:
        project.judge(each.keyframe.frame, status="approved")
    listed = folder / "markers.csv"
    listed.write_text(MARKERS, encoding="utf-8")
    project.import_markers(listed)
    return project.path


def _hand(folder: Path) -> tuple[Path, Path]:
    """The clip with a hand before the mouth: one project with the mouth corrected, one with strokes over the matte."""
    plate, source = MEDIA / "WolfgangLanger_Pexels.mp4", MEDIA / "synthetic_portrait.png"
    project = api.Project.new(folder / "hand.likeness", plate, [source], consent=CONSENT)
    project.find_keyframes()
    bare = project.path.read_bytes()
    project.landmarks.move("mouth", (3.0, 4.0), HAND, reach=2.0)
    project.landmarks.move("right_mouth_corner", (-3.0, 2.0), HAND)
    painted = api.Project(folder / "painted.likeness")
    painted.path.write_bytes(bare)
    painted.mattes.paint("plate", HAIR, HAND)
    painted.mattes.paint("face", NOSE, HAND)
    return project.path, painted.path


def _group(folder: Path) -> Path:
    """A still of five people, of whom two get a face of their own."""
    project = api.Project.new(folder / "group.likeness", MEDIA / "multi_face.jpg", [])
    tracks = [each.track for each in project.analyse().faces]
    for track, source in zip(tracks, ("synthetic_portrait.png", "single_face.jpg"), strict=False):
        project.assign(track, MEDIA / source, consent=CONSENT)
    return project.path


def _picture(name: str, project: Path | None, *options: str) -> None:
    shown = [] if project is None else [str(project)]
    output = str(IMAGES / f"{name}.png")
    subprocess.run([sys.executable, str(ROOT / "main.py"), "screenshot", *shown, *options, "-o", output], check=True)


if __name__ == "__main__":
    sys.exit(main())
