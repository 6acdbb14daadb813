"""The part of the action table that is about corrections by hand: of landmarks, and of mattes."""

from editor.app.action_spec import ActionSpec

CORRECTIONS: tuple[ActionSpec, ...] = (
    ActionSpec("landmark.correct_parts", "Correct landmarks", "Drag a mouth corner, a lid or any point of the face to "
               "where it belongs; with Shift, how much of the skin around it follows.", "Face", ("X",), "face",
               checkable=True, short="Correct", section=True),
    ActionSpec("landmark.reset_part", "Take the part back", "The part in hand lies where analysis found it, as far as "
               "the inspector says a change goes.", "Face", ("Alt+Backspace",), "face"),
    ActionSpec("landmark.reset_frame", "Take all parts back", "Every part of the face lies where analysis found it, as "
               "far as the inspector says a change goes.", "Face", ("Shift+Backspace",), "face", short="Take back"),
    ActionSpec("landmark.copy_to_next", "Correct the next keyframe alike", "The next keyframe gets this frame's "
               "corrections.", "Face", ("Alt+Shift+]",), "face"),
    ActionSpec("landmark.copy_to_previous", "Correct the previous keyframe alike", "The keyframe before gets this "
               "frame's corrections.", "Face", ("Alt+Shift+[",), "face"),
    ActionSpec("matte.paint_strokes", "Paint the matte", "Paint over the face where the plate is to show through, or "
               "the face to show all the same, or what was found to hold again. Ctrl-drag erases; Shift-drag: size "
               "and softness.", "Face", ("Ctrl+B",), "face", checkable=True, short="Paint",
               section=True),
    ActionSpec("matte.show_plate", "Paint the plate", "Strokes let the plate show through: hair, glasses or a hand "
               "before the face.", "Face", (), "face", checkable=True, short="Plate",
               submenu="Matte"),
    ActionSpec("matte.show_face", "Paint the face", "Strokes let the drawn face show, although something was taken to "
               "lie before it.", "Face", (), "face", checkable=True, short="Face",
               submenu="Matte"),
    ActionSpec("matte.show_found", "Paint as found", "Strokes take away what is painted under them: the matte there is "
               "what was found. The same as Ctrl-drag.", "Face", (), "face", checkable=True,
               short="As found", submenu="Matte"),
    ActionSpec("matte.next_kind", "Plate, face or as found", "The brush paints the next of the three.", "Face",
               ("Ctrl+Shift+B",), "face", submenu="Matte"),
    ActionSpec("matte.enlarge_brush", "Larger brush", "A step larger; in the viewer, Shift-drag to the right.", "Face",
               ("Ctrl+Shift+Up",), "face", submenu="Matte"),
    ActionSpec("matte.shrink_brush", "Smaller brush", "A step smaller; in the viewer, Shift-drag to the left.", "Face",
               ("Ctrl+Shift+Down",), "face", submenu="Matte"),
    ActionSpec("matte.soften_brush", "Softer brush", "More of it fades; in the viewer, Shift-drag up.", "Face",
               ("Ctrl+Shift+Right",), "face", submenu="Matte"),
    ActionSpec("matte.harden_brush", "Harder brush", "Less of it fades; in the viewer, Shift-drag down.", "Face",
               ("Ctrl+Shift+Left",), "face", submenu="Matte"),
    ActionSpec("matte.toggle_outlines", "Outlines of strokes", "A line around what is painted in this frame, while the "
               "brush is on.", "Face", ("Alt+Shift+B",), "face", checkable=True, submenu="Matte"),
    ActionSpec("matte.reset_frame", "Take the strokes back", "The face's matte is as it was found, as far as the "
               "inspector says a change goes.", "Face", ("Ctrl+Shift+Backspace",), "face", short="Take back",
               submenu="Matte"),
    ActionSpec("matte.copy_to_next", "Paint the next keyframe alike", "The strokes of this frame count as much at the "
               "next keyframe, from there to its neighbours.", "Face", ("Ctrl+Shift+]",), "face",
               short="Copy to next", submenu="Matte"),
    ActionSpec("matte.copy_to_previous", "Paint the previous keyframe alike", "The strokes of this frame count as much "
               "at the keyframe before, from there to its neighbours.", "Face", ("Ctrl+Shift+[",), "face",
               short="Copy to previous", submenu="Matte"),
)  # fmt: skip
"""In the order of the Face menu."""
