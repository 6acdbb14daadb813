"""Where a face of the document lies, as the picture that is seen tells it."""

from collections.abc import Hashable

from editor.playback.pictures import Pictures
from pipeline.ipc.messages import FaceFacts, FrameFacts


class FaceSight:
    """Looks for a face in a picture's facts, and in the result's where those tell of none."""

    def __init__(self, pictures: Pictures) -> None:
        self._pictures = pictures
        self._asked: Hashable = None

    def face_in(self, facts: FrameFacts, face: str) -> FaceFacts | None:
        """The face as a picture tells it; a plate's that is older than the faces' preparation tells none, but the
        result's does. None: it isn't there, or nobody knows yet.
        """
        told = [facts]
        if not facts.faces:
            result, key = self._pictures.picture(facts.frame, "result"), self._pictures.key(facts.frame, "result")
            if result is None and key != self._asked:
                self._asked = key
                self._pictures.ask(facts.frame, ("result",))
            result = result or self._pictures.earlier(facts.frame, "result")
            told += [] if result is None else [result.facts]
        return next((each for all_of in told for each in all_of.faces if each.face == face and each.scale > 0), None)
