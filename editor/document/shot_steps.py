"""Review of whole shots, as steps that can be undone."""

from editor.document.document import Document
from editor.language.translation import tr
from pipeline.project.approval import ShotReview
from pipeline.project.keyframe_edits import review_keyframe
from pipeline.project.project import Project


def approve_shot(document: Document, shot: ShotReview) -> bool:
    """Approve all keyframes of a shot, of every face that is worked on."""

    def change(project: Project) -> Project:
        for face, keyframe in shot.keyframes:
            project = review_keyframe(project, face, keyframe.frame, "approved")
        return project

    return document.edit(tr("Approved: shot {number}", number=shot.number), change)
