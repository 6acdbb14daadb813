"""Every action of the editor in one table: menus, keys, tool tips, the help page and the tests are made from it."""

from dataclasses import dataclass
from typing import Literal

Need = Literal["", "project", "face", "selection", "correction", "grab"]
"""What must be there for an action to make sense: nothing, an open project, a face, a selected keyframe, one that
proposes a correction, a grabbed picture."""


@dataclass(frozen=True, slots=True)
class ActionSpec:
    """One action. `id` is `area.verb_noun`; `keys` as Qt writes them; `menu` is where it is found."""

    id: str
    text: str
    help: str
    menu: str
    keys: tuple[str, ...] = ()
    needs: Need = "project"
    checkable: bool = False
    icon: str = ""
    short: str = ""
    """The text of its button, where the menu's is too long for one."""
    section: bool = False
    """A line above it in the menu."""
    submenu: str = ""
    """The menu inside the menu where it is found; none for most."""


MENUS = ("File", "Edit", "Playback", "Keyframe", "Face", "Marker", "Curve", "View", "Timeline", "Window", "Help")

ACTIONS: tuple[ActionSpec, ...] = (
    ActionSpec("project.begin_new", "New project…", "A project from a film or a still and a face.", "File",
               ("Ctrl+N",), ""),
    ActionSpec("project.open_file", "Open…", "Open a project file.", "File", ("Ctrl+O",), ""),
    ActionSpec("project.save_file", "Save", "Write the project to its file.", "File", ("Ctrl+S",)),
    ActionSpec("project.save_as", "Save as…", "Go on in a copy under another name.", "File", ("Ctrl+Shift+S",)),
    ActionSpec("project.close_file", "Close project", "Close the project, keep the window.", "File", ("Ctrl+W",)),
    ActionSpec("project.analyse_plate", "Analyse the plate", "Find and measure the faces; goes on where it stopped.",
               "File", section=True),
    ActionSpec("project.find_keyframes", "Find keyframes", "Propose keyframes again; what you touched stays.", "File"),
    ActionSpec("project.tune_detection", "Tune detection", "What keyframes are found by, tried on the timeline while "
               "you change it: the line over the signals can be dragged.", "File", checkable=True),
    ActionSpec("project.analyse_range", "Look closer from in to out", "Propose keyframes there again, of every kind, "
               "weaker ones and dismissed ones too; what you touched stays, and nothing changes elsewhere.", "File"),
    ActionSpec("project.render_range", "Render in to out again", "The range in a file of its own beside the export, in "
               "its format and quality; what hasn't changed since the last time is kept.", "File"),
    ActionSpec("project.replace_plate", "Replace the plate…", "A new version of the plate: keyframes, keys, notes and "
               "markers come along, what falls outside is listed.", "File"),
    ActionSpec("project.relink_media", "Find moved media…", "Look in a folder, and all that lies in it, for plates and "
               "photos that aren't where they were; they are told by their content.", "File"),
    ActionSpec("project.pack_project", "Pack for hand-over…", "The project and its plates, a folder or zip; photos and "
               "measurements of faces only when asked for.", "File"),
    ActionSpec("project.export_result", "Export…", "Write the result as a film or frames.", "File", ("Ctrl+E",)),
    ActionSpec("app.quit_editor", "Quit", "Close the window.", "File", ("Ctrl+Q",), "", section=True),
    ActionSpec("edit.undo_step", "Undo", "Take the last change back.", "Edit", ("Ctrl+Z",)),
    ActionSpec("edit.redo_step", "Redo", "Make the change again.", "Edit", ("Ctrl+Shift+Z", "Ctrl+Y")),
    ActionSpec("edit.cut_keys", "Cut keys", "Copy the keys of the selected keyframes and remove the keyframes.", "Edit",
               ("Ctrl+X",), "selection", section=True),
    ActionSpec("edit.copy_keys", "Copy keys", "Copy the keys of the selected keyframes.", "Edit", ("Ctrl+C",),
               "selection"),
    ActionSpec("edit.paste_keys", "Paste keys", "Set the copied keys at the playhead.", "Edit", ("Ctrl+V",)),
    ActionSpec("edit.delete_keyframes", "Delete keyframes", "Remove the selected keyframes and their keys.", "Edit",
               ("Delete", "Backspace"), "selection"),
    ActionSpec("edit.select_all", "Select all keyframes", "All keyframes of the face in hand.", "Edit", ("Ctrl+A",),
               section=True),
    ActionSpec("edit.select_none", "Select none", "Let the selection go.", "Edit", ("Ctrl+D",)),
    ActionSpec("transport.play_toggle", "Play", "Play or stop.", "Playback", ("Space",), icon="play"),
    ActionSpec("transport.play_around", "Play around", "Once from a second and a half before the frame to as long "
               "after it, then back; again ends it.", "Playback", ("/",)),
    ActionSpec("transport.play_backward", "Shuttle backwards", "Play backwards; again is twice as fast. One frame "
               "back while the key of Stop is held.", "Playback", ("J",)),
    ActionSpec("transport.stop_playing", "Stop", "Stop playing.", "Playback", ("K",)),
    ActionSpec("transport.play_forward", "Shuttle forwards", "Play forwards; again is twice as fast. One frame "
               "forward while the key of Stop is held.", "Playback", ("L",)),
    ActionSpec("transport.loop_toggle", "Loop", "Begin again at the end of the range.", "Playback", ("P",),
               checkable=True, icon="loop"),
    ActionSpec("transport.ping_pong_toggle", "Back and forth", "Turn round at the end of the range.", "Playback",
               ("Alt+P",), checkable=True, icon="ping_pong"),
    ActionSpec("transport.every_frame_toggle", "Every frame", "Show every frame, slower where pictures come slower; "
               "else keep time, and leave late frames out.", "Playback", ("Shift+A",), checkable=True),
    ActionSpec("transport.sound_toggle", "Sound", "Let the plate be heard, forwards at its own rate.", "Playback",
               ("Shift+S",), checkable=True, icon="sound"),
    ActionSpec("transport.step_back", "One frame back", "One frame back.", "Playback", ("Left",), icon="step_back",
               section=True),
    ActionSpec("transport.step_forward", "One frame forward", "One frame forward.", "Playback", ("Right",),
               icon="step_forward"),
    ActionSpec("transport.leap_back", "Bigger step back", "As many frames or seconds back as the bigger step has.",
               "Playback", ("Shift+Left",)),
    ActionSpec("transport.leap_forward", "Bigger step forward", "As many frames or seconds forward as the bigger step "
               "has.", "Playback", ("Shift+Right",)),
    ActionSpec("transport.leap_5_frames", "5 frames", "The bigger step goes 5 frames, also in the next sittings.",
               "Playback", (), "", checkable=True, submenu="Bigger step"),
    ActionSpec("transport.leap_10_frames", "10 frames", "The bigger step goes 10 frames, also in the next sittings.",
               "Playback", (), "", checkable=True, submenu="Bigger step"),
    ActionSpec("transport.leap_1_second", "1 second", "The bigger step goes a second, as it does where nothing else is "
               "chosen.", "Playback", (), "", checkable=True, submenu="Bigger step"),
    ActionSpec("transport.leap_5_seconds", "5 seconds", "The bigger step goes 5 seconds, also in the next sittings.",
               "Playback", (), "", checkable=True, submenu="Bigger step"),
    ActionSpec("transport.go_first", "First frame", "To the plate's first frame.", "Playback", ("Home",), icon="first"),
    ActionSpec("transport.go_last", "Last frame", "To the plate's last frame.", "Playback", ("End",), icon="last"),
    ActionSpec("transport.previous_cut", "Previous cut", "To the first frame of the shot, or of the one before.",
               "Playback", ("Ctrl+Up",)),
    ActionSpec("transport.next_cut", "Next cut", "To the first frame of the next shot.", "Playback", ("Ctrl+Down",)),
    ActionSpec("transport.go_to", "Go to frame…", "Type a timecode, a frame, +n or -n.", "Playback", ("=",)),
    ActionSpec("transport.copy_frame", "Copy the frame number", "The playhead's frame, to paste elsewhere.",
               "Playback", ("Ctrl+Alt+C",)),
    ActionSpec("transport.copy_timecode", "Copy the timecode", "The playhead's timecode, to paste elsewhere.",
               "Playback", ("Ctrl+Shift+C",)),
    ActionSpec("transport.mark_in", "Mark in", "The range begins here.", "Playback", ("I",), icon="mark_in",
               section=True),
    ActionSpec("transport.mark_out", "Mark out", "The range ends here, this frame included.", "Playback", ("O",),
               icon="mark_out"),
    ActionSpec("shot.mark_range", "In and out around the shot", "The range is the shot under the playhead.", "Playback",
               ("Shift+X",), short="In–out"),
    ActionSpec("transport.go_in", "Go to in", "To the first frame of the range.", "Playback", ("Shift+I",)),
    ActionSpec("transport.go_out", "Go to out", "To the last frame of the range.", "Playback", ("Shift+O",)),
    ActionSpec("transport.clear_in", "Clear in", "The range begins with the plate.", "Playback", ("Alt+I",)),
    ActionSpec("transport.clear_out", "Clear out", "The range ends with the plate.", "Playback", ("Alt+O",)),
    ActionSpec("transport.clear_range", "Clear in and out", "The range is the whole plate.", "Playback", ("Alt+X",)),
    ActionSpec("keyframe.go_previous", "Previous keyframe", "To the keyframe before this frame.", "Keyframe",
               ("[", "Alt+["), icon="previous_keyframe"),
    ActionSpec("keyframe.go_next", "Next keyframe", "To the keyframe after this frame.", "Keyframe", ("]", "Alt+]"),
               icon="next_keyframe"),
    ActionSpec("keyframe.toggle_here", "Set or remove keyframe", "A keyframe at the playhead, or none.", "Keyframe",
               (";",), icon="keyframe"),
    ActionSpec("keyframe.approve_next", "Approve and go to the next open", "Approve the selected keyframes; then to "
               "the next that isn't approved.", "Keyframe", ("V",), icon="check", section=True),
    ActionSpec("keyframe.next_worst", "To the worst keyframe", "To the keyframe whose draft is furthest from the "
               "plate's expression; again to the next less bad one. Approved ones are left out.", "Keyframe", ("N",)),
    ActionSpec("keyframe.previous_worst", "Back to a worse keyframe", "The same the other way.", "Keyframe",
               ("Shift+N",)),
    ActionSpec("keyframe.sort_worst", "Sort the table by error", "The keyframe whose draft is furthest from the "
               "plate's expression stands first in the table.", "Keyframe"),
    ActionSpec("shot.approve_next", "Approve the shot and go to the next", "Approve all keyframes of the shot under "
               "the playhead, of every face; then to the next shot that isn't approved.", "Keyframe", ("Shift+V",),
               short="Approve, next"),
    ActionSpec("shot.next_waiting", "Next shot that isn't approved", "To the first frame of the next shot whose "
               "keyframes aren't all approved.", "Keyframe", ("Ctrl+Shift+V",)),
    ActionSpec("keyframe.mark_open", "Open", "Not reviewed yet.", "Keyframe", ("Alt+1",), "selection", checkable=True),
    ActionSpec("keyframe.mark_approved", "Approved", "Looked at, and good.", "Keyframe", ("Alt+2",), "selection",
               checkable=True),
    ActionSpec("keyframe.mark_needs_work", "Needs work", "Looked at, and not good yet.", "Keyframe", ("Alt+3",),
               "selection", checkable=True),
    ActionSpec("keyframe.accept_correction", "Accept the proposal",
               "The correction that is proposed with the selected keyframes, as keys; "
               "beyond its first and last frame nothing changes.", "Keyframe", ("Alt+Return",), "correction",
               short="Accept"),
    ActionSpec("keyframe.copy_to_next", "Copy keys to the next keyframe", "The next keyframe gets this one's keys.",
               "Keyframe", ("Ctrl+Alt+]",), "selection", section=True),
    ActionSpec("keyframe.copy_to_previous", "Copy keys to the previous keyframe",
               "The keyframe before gets this one's keys.", "Keyframe", ("Ctrl+Alt+[",), "selection"),
    ActionSpec("keyframe.nudge_back", "Move one frame back", "Selected keyframes and their keys, one frame back.",
               "Keyframe", ("Alt+,",), "selection"),
    ActionSpec("keyframe.nudge_forward", "Move one frame forward",
               "Selected keyframes and their keys, one frame forward.", "Keyframe", ("Alt+.",), "selection"),
    ActionSpec("marker.add_here", "Add or edit marker", "A marker at the playhead; on a marker its name, colour and "
               "note.", "Marker", ("M",)),
    ActionSpec("marker.remove_here", "Remove marker", "The marker at the playhead goes.", "Marker", ("Alt+M",)),
    ActionSpec("marker.go_previous", "Previous marker", "To the marker before this frame.", "Marker", ("Alt+Left",),
               section=True),
    ActionSpec("marker.go_next", "Next marker", "To the marker after this frame.", "Marker", ("Alt+Right",)),
    ActionSpec("marker.previous_note", "Previous note", "To the marker or keyframe with a note before this frame.",
               "Marker", (",",)),
    ActionSpec("marker.next_note", "Next note", "To the marker or keyframe with a note after this frame.", "Marker",
               (".",)),
    ActionSpec("marker.import_list", "Import markers…", "The markers of a CSV, an EDL of DaVinci Resolve or an XML "
               "sequence of Premiere Pro.", "Marker", section=True, short="Import…"),
    ActionSpec("marker.export_list", "Export markers…", "The markers as a CSV, an EDL for DaVinci Resolve or an XML "
               "sequence for Premiere Pro.", "Marker", short="Export…"),
    ActionSpec("face.go_previous", "Previous face", "Work on the face before this one.", "Face", ("Ctrl+Alt+Up",),
               "face"),
    ActionSpec("face.go_next", "Next face", "Work on the face after this one.", "Face", ("Ctrl+Alt+Down",), "face"),
    ActionSpec("face.split_here", "Split at the playhead", "From this frame on it is a face of its own, with the same "
               "identity and keys: for two people that were taken for one.", "Face", (), "face", section=True,
               short="Split"),
    ActionSpec("face.toggle_ignored", "Leave as in the plate", "Renders leave this face alone; its keys stay.", "Face",
               (), "face", checkable=True, short="Ignore"),
    ActionSpec("face.set_balance", "Balance likeness and motion", "Curves that lean to the identity at rest and to the "
               "performance in strong expression; your own keys stay.", "Face", (), "face", section=True),
    ActionSpec("face.remove_balance", "Take the balance away", "The keys of a balance go; your own stay.", "Face", (),
               "face"),
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
    ActionSpec("curve.go_previous", "Previous key of the curve", "To the key of the curve before this frame.", "Curve",
               ("Ctrl+[",), icon="previous_keyframe"),
    ActionSpec("curve.go_next", "Next key of the curve", "To the key of the curve after this frame.", "Curve",
               ("Ctrl+]",), icon="next_keyframe"),
    ActionSpec("curve.add_key", "Add a key to the curve", "A key at the playhead; no value changes by it.", "Curve",
               ("Ctrl+;",), section=True, short="Add key"),
    ActionSpec("curve.remove_key", "Remove the key of the curve", "The chosen key, or the one at the playhead.",
               "Curve", ("Shift+Delete",), short="Remove"),
    ActionSpec("curve.make_hold", "Hold", "From the chosen key to the next: its value, then a step.", "Curve",
               ("Ctrl+Alt+1",), checkable=True, section=True),
    ActionSpec("curve.make_linear", "Linear", "From the chosen key to the next: a straight line.", "Curve",
               ("Ctrl+Alt+2",), checkable=True),
    ActionSpec("curve.make_smooth", "Smooth", "From the chosen key to the next: smooth through all keys, never beyond "
               "their values.", "Curve", ("Ctrl+Alt+3",), checkable=True),
    ActionSpec("curve.make_ease", "Ease", "From the chosen key to the next: level at both.", "Curve", ("Ctrl+Alt+4",),
               checkable=True),
    ActionSpec("curve.make_bezier", "Bezier", "From the chosen key to the next: by handles that are dragged.", "Curve",
               ("Ctrl+Alt+5",), checkable=True),
    ActionSpec("curve.fit_values", "Fit the curve", "The curve's values across the whole height; again shows the "
               "bounds.", "Curve", ("Shift+F",), section=True, short="Fit"),
    ActionSpec("curve.toggle_others", "Show the other curves", "The face's other curves behind this one.", "Curve",
               ("Shift+C",), checkable=True, short="Others"),
    ActionSpec("view.toggle_plate", "Plate / result", "The plate, and back to what was shown.", "View", ("T",)),
    ActionSpec("view.show_plate", "Plate", "The film as it came.", "View", ("Shift+P",), checkable=True),
    ActionSpec("view.show_result", "Result", "The faces replaced.", "View", ("Shift+R",), checkable=True),
    ActionSpec("view.show_matte", "Matte", "How far each pixel is replaced.", "View", ("Shift+M",), checkable=True),
    ActionSpec("view.show_difference", "Difference", "How far the result lies from the plate.", "View", ("D",),
               checkable=True, short="Diff"),
    ActionSpec("view.next_gain", "Brighter difference", "Differences times 1, 4 or 16.", "View", ("Shift+D",)),
    ActionSpec("view.toggle_wipe", "Wipe", "Plate left of a line that is dragged, result right of it.", "View",
               ("W",), checkable=True, section=True, submenu="Compare"),
    ActionSpec("view.toggle_side", "Side by side", "Plate and result beside each other.", "View", ("Shift+W",),
               checkable=True, short="Sides", submenu="Compare"),
    ActionSpec("view.toggle_over", "One above the other", "Plate above the result.", "View", ("Ctrl+Alt+W",),
               checkable=True, submenu="Compare"),
    ActionSpec("view.toggle_blend", "Overlay", "The result through which the plate shines.", "View", ("U",),
               checkable=True, submenu="Compare"),
    ActionSpec("view.next_blend", "More of the overlay", "A quarter, half or three quarters of the result over the "
               "plate.", "View", ("Shift+U",), submenu="Compare"),
    ActionSpec("view.toggle_tile", "Tiles", "Plate, result, matte and difference at once.", "View", ("Alt+T",),
               checkable=True, submenu="Compare"),
    ActionSpec("view.toggle_onion", "Onion skin", "The frames before and after shine through: half the picture is this "
               "frame, a quarter each of them.", "View", ("Q",), checkable=True, short="Onion", submenu="Compare"),
    ActionSpec("view.toggle_final", "Final quality", "Pictures as a final export draws them, the expression matched; "
               "what they need is computed in the background, and drafts stand in until then.", "View",
               ("Ctrl+Shift+F",), checkable=True, short="Final"),
    ActionSpec("view.measure_drafts", "Measure drafts while idle", "Compare drafts with the plate whenever nothing "
               "else is done; figures that are there stay when it is off.", "View", (), "", checkable=True),
    ActionSpec("view.use_proxies", "Proxies while dragging", "Small pictures of the plate while the playhead is "
               "dragged, made in the background where its own come too late; all else is made of the plate itself.",
               "View", (), "", checkable=True),
    ActionSpec("view.keep_grab", "Grab this picture", "Keep the picture as it is now, to compare later ones with it.",
               "View", ("Ctrl+Alt+G",)),
    ActionSpec("view.save_snapshot", "Save this picture…", "What is seen as a PNG file, at the plate's own size, with "
               "what lies over it.", "View", ("Ctrl+Shift+G",)),
    ActionSpec("view.toggle_grab", "Compare with the grab", "Wipe and sides show the grab in the plate's place.",
               "View", ("Shift+G",), "grab", checkable=True, submenu="Compare"),
    ActionSpec("view.compare_export", "Compare with the last export", "Wipe and sides show the last export of this "
               "plate in the plate's place, frame by frame.", "View", ("Shift+E",), checkable=True, submenu="Compare"),
    ActionSpec("view.choose_export", "Compare with an export…", "Choose among the exports of this plate that are "
               "still there, the newest first.", "View", ("Ctrl+Alt+E",), submenu="Compare"),
    ActionSpec("view.compare_saved", "Compare with the last save", "Wipe and sides show what the project as it was "
               "saved last draws, in the plate's place, frame by frame.", "View", ("Alt+V",), checkable=True,
               submenu="Compare"),
    ActionSpec("view.choose_version", "Compare with a version…", "Choose among the project's saves that are kept: what "
               "it draws stands in the plate's place, frame by frame.", "View", ("Ctrl+Alt+V",), submenu="Compare"),
    ActionSpec("view.toggle_other", "A / B", "What is compared with, whole and in the same place, and back; without "
               "anything else to compare with, the plate.", "View", ("A",), checkable=True, submenu="Compare"),
    ActionSpec("view.compare_film", "Compare with a film…", "Wipe and sides show another film of the plate's size in "
               "the plate's place, beginning with the plate; an export with the frame that it began with.", "View",
               ("Ctrl+Alt+F",), checkable=True, submenu="Compare"),
    ActionSpec("view.fit_picture", "Fit", "The whole picture in sight.", "View", ("F",), section=True),
    ActionSpec("view.zoom_100", "100 %", "One picture pixel on one screen pixel.", "View", ("1",)),
    ActionSpec("view.zoom_200", "200 %", "Two screen pixels a picture pixel.", "View", ("2",)),
    ActionSpec("view.zoom_400", "400 %", "Four screen pixels a picture pixel, unsmoothed.", "View", ("4",)),
    ActionSpec("view.zoom_in", "Larger", "A step larger.", "View", ("Ctrl+=", "Ctrl++")),
    ActionSpec("view.zoom_out", "Smaller", "A step smaller.", "View", ("Ctrl+-",)),
    ActionSpec("view.toggle_flop", "Flop", "Left and right changed, to be looked at; renders don't change.", "View", (),
               checkable=True),
    ActionSpec("view.toggle_flip", "Flip", "Top and bottom changed, to be looked at; renders don't change.", "View",
               (), checkable=True),
    ActionSpec("view.filter_automatic", "Automatic", "Smoothed up to 200 %, single pixels from there on.", "View", (),
               "", checkable=True, submenu="Enlarging"),
    ActionSpec("view.filter_nearest", "Nearest pixel", "Single pixels at every size.", "View", (), "", checkable=True,
               submenu="Enlarging"),
    ActionSpec("view.filter_linear", "Smoothed", "Smoothed at every size.", "View", (), "", checkable=True,
               submenu="Enlarging"),
    ActionSpec("view.show_red", "Red channel", "Red alone; again shows all.", "View", ("R",), checkable=True,
               section=True, submenu="Channels and tone"),
    ActionSpec("view.show_green", "Green channel", "Green alone; again shows all.", "View", ("G",), checkable=True,
               submenu="Channels and tone"),
    ActionSpec("view.show_blue", "Blue channel", "Blue alone; again shows all.", "View", ("B",), checkable=True,
               submenu="Channels and tone"),
    ActionSpec("view.show_alpha", "Alpha channel", "The plate's own alpha; again shows what was shown before.", "View",
               ("Alt+A",), checkable=True, submenu="Channels and tone"),
    ActionSpec("view.show_luminance", "Luminance", "Lightness alone; again shows all.", "View", ("Ctrl+L",),
               checkable=True, submenu="Channels and tone"),
    ActionSpec("view.show_colour", "All channels", "Back from one channel to colour.", "View", ("C",),
               submenu="Channels and tone"),
    ActionSpec("view.raise_exposure", "Brighter view", "Half a stop; hold E and drag in the viewer for any amount. "
               "Renders don't change.", "View", (">",), submenu="Channels and tone"),
    ActionSpec("view.lower_exposure", "Darker view", "Half a stop; hold E and drag in the viewer for any amount. "
               "Renders don't change.", "View", ("<",), submenu="Channels and tone"),
    ActionSpec("view.raise_gamma", "Lift the dark", "The view's gamma up; hold Y and drag in the viewer for any "
               "amount. Renders don't change.", "View", ("Ctrl+.",), submenu="Channels and tone"),
    ActionSpec("view.lower_gamma", "Deepen the dark", "The view's gamma down; hold Y and drag in the viewer for any "
               "amount. Renders don't change.", "View", ("Ctrl+,",), submenu="Channels and tone"),
    ActionSpec("view.reset_tone", "The picture as it is", "All channels, no exposure, no gamma.", "View", ("Ctrl+R",),
               submenu="Channels and tone"),
    ActionSpec("view.toggle_boxes", "Face boxes", "Where faces were found, and whose they are.", "View", ("Shift+B",),
               checkable=True, section=True, short="Boxes", submenu="Over the picture"),
    ActionSpec("view.toggle_landmarks", "Landmarks", "The points that the face is tracked with.", "View",
               ("Shift+L",), checkable=True, short="Points", submenu="Over the picture"),
    ActionSpec("view.toggle_mesh", "Mesh", "The mesh that the face is drawn on.", "View", ("Alt+B",), checkable=True,
               submenu="Over the picture"),
    ActionSpec("view.toggle_regions", "Regions and trust", "Brows, eyes and mouth, and how far each is believed beside "
               "what lies before it.", "View", ("Alt+R",), checkable=True, submenu="Over the picture"),
    ActionSpec("view.toggle_covered", "What lies before the face", "Where a hand or something else covers it, in red.",
               "View", ("Alt+H",), checkable=True, submenu="Over the picture"),
    ActionSpec("view.toggle_safe_areas", "Safe areas", "90 and 80 % of the picture's sides, and a cross in its middle.",
               "View", ("S",), checkable=True, submenu="Over the picture"),
    ActionSpec("view.toggle_hud", "Head-up display", "Frame, size and layer over the picture.", "View", ("H",),
               checkable=True),
    ActionSpec("timeline.zoom_in", "Zoom in", "Fewer frames, wider.", "Timeline", ("+",)),
    ActionSpec("timeline.zoom_out", "Zoom out", "More frames, narrower.", "Timeline", ("-",)),
    ActionSpec("timeline.fit_plate", "Fit the plate", "All frames in sight.", "Timeline", ("0",)),
    ActionSpec("timeline.zoom_range", "Zoom to in – out", "The range across the whole width.", "Timeline",
               ("Ctrl+Shift+P",)),
    ActionSpec("timeline.centre_playhead", "Centre the playhead", "The playhead's frame in the middle of the timeline, "
               "as far as the plate's ends allow.", "Timeline", ("Shift+Home",)),
    ActionSpec("timeline.snap_toggle", "Snapping", "What is dragged catches on keyframes, in, out and the playhead; "
               "Shift suspends it.", "Timeline", ("Ctrl+P",), checkable=True, icon="magnet", section=True),
    ActionSpec("timeline.toggle_unit", "Frames / timecode", "What the ruler counts in.", "Timeline", ("Ctrl+T",)),
    ActionSpec("timeline.toggle_filmstrip", "Filmstrip", "Small pictures of the plate along the timeline.", "Timeline",
               ("Shift+T",), checkable=True),
    ActionSpec("timeline.toggle_quality", "Quality of drafts", "Under each face how far its drafts are off, against "
               "the limits up to which they are good.", "Timeline", ("Shift+Q",), checkable=True),
    ActionSpec("timeline.choose_signals", "Signals…", "Which measured signals are drawn.", "Timeline", ("Ctrl+G",)),
    ActionSpec("panel.show_keyframes", "Keyframes", "The table of keyframes.", "Window", ("Ctrl+1",)),
    ActionSpec("panel.show_inspector", "Inspector", "The parameters at the selected frame.", "Window", ("Ctrl+2",)),
    ActionSpec("panel.show_identity", "People and consent", "Identities with their photos, performers, consent.",
               "Window", ("Ctrl+3",)),
    ActionSpec("panel.show_jobs", "Jobs and export", "What runs, and how the result is written.", "Window",
               ("Ctrl+4",)),
    ActionSpec("panel.show_history", "History", "Every step since the project was opened.", "Window", ("Ctrl+5",)),
    ActionSpec("panel.show_curves", "Curves", "One parameter over time, with its keys.", "Window", ("Ctrl+6",)),
    ActionSpec("panel.show_faces", "Faces", "Everybody in the plate, and who goes onto whom.", "Window", ("Ctrl+7",)),
    ActionSpec("panel.show_shots", "Shots", "All shots of the plate, and how far the review of each is.", "Window",
               ("Ctrl+0",)),
    ActionSpec("panel.show_markers", "Markers and notes", "Markers, and what is noted with keyframes.", "Window",
               ("Ctrl+9",)),
    ActionSpec("panel.show_networks", "Networks", "Licences, files and where they run.", "Window", ("Ctrl+8",)),
    ActionSpec("workspace.use_standard", "Standard workspace", "Keyframes, viewer, inspector, timeline.", "Window",
               ("F5",), checkable=True, section=True),
    ActionSpec("workspace.use_review", "Review workspace", "A large viewer beside the keyframes.", "Window", ("F6",),
               checkable=True),
    ActionSpec("workspace.use_curves", "Curves workspace", "A tall timeline with the curves under it.", "Window",
               ("F7",), checkable=True),
    ActionSpec("workspace.use_people", "People workspace", "Faces at the left, identities and consent at the right.",
               "Window", ("F8",), checkable=True),
    ActionSpec("workspace.use_next_own", "Next workspace of your own", "The next of those that you saved.", "Window",
               ("F9",)),
    ActionSpec("workspace.choose_layout", "Workspaces…", "All of them, to choose, save and remove.", "Window",
               ("Alt+W",)),
    ActionSpec("workspace.save_layout", "Save the workspace…", "Keep the panels as they lie now, under a name.",
               "Window", ("Alt+Shift+W",)),
    ActionSpec("panel.reset_layout", "Reset the workspace", "Every panel where the workspace in use has it.",
               "Window", ("Shift+F5",)),
    ActionSpec("window.full_screen", "Full screen", "The window over the whole screen.", "Window", ("F11",), "",
               checkable=True, section=True),
    ActionSpec("window.full_viewer", "Full screen viewer", "The picture alone over the whole screen; again or Escape "
               "brings the rest back.", "Window", ("Ctrl+F", "`"), checkable=True),
    ActionSpec("window.second_viewer", "Second viewer", "A window with the picture alone, on another screen where "
               "there is one; a double-click fills the screen.", "Window", ("F12",), checkable=True),
    ActionSpec("help.find_action", "Find an action…", "Type what you look for; Enter does it.", "Help", ("Ctrl+K",),
               ""),
    ActionSpec("help.show_keys", "Keys and actions", "Every action with its keys; give them others.", "Help", ("F1",),
               ""),
    ActionSpec("language.use_system", "As the system", "The system's language where Likeness speaks it, else English; "
               "from the next start on.", "Help", (), "", checkable=True, section=True, submenu="Language"),
    ActionSpec("language.use_english", "English", "English from the next start on.", "Help", (), "", checkable=True,
               submenu="Language"),
    ActionSpec("language.use_chinese", "简体中文", "Simplified Chinese from the next start on.", "Help", (), "",
               checkable=True, submenu="Language"),
)  # fmt: skip
"""In the order of the menus."""


def spec(action_id: str) -> ActionSpec:
    """The action of that id. Raises KeyError: there is none."""
    return _BY_ID[action_id]


_BY_ID = {each.id: each for each in ACTIONS}
