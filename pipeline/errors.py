"""Every error Likeness raises on purpose.

    LikenessError                    exit 1
      MediaError                     exit 3   a plate, photo or film that cannot be used
        MediaNotFound                         no such file or folder
        MediaUnreadable                       not a film or picture; empty; truncated; no frames
        NoVideo                               a media file without pictures
        FrameUnreadable                       one frame cannot be decoded (carries `frame`)
        SizeChanged                           the picture size changes in the middle of the film
        UnsupportedFormat                     a pixel format or codec this build cannot handle
      FaceError                      exit 4   a picture whose faces cannot be used
        NoFace
        FaceTooSmall
        FaceTooTurned
        SeveralFaces                          a choice is needed (the message lists them)
      OutputError                    exit 5   a result that cannot be written
        OutputFolderMissing
        OutputNotWritable
        OutputIsInput                         the result would overwrite a plate or a source
        OutputExists                          something else stands where the result is to go
        DiskFull
        ContainerLimit                        the container cannot hold what was asked for
      ModelError                     exit 6   a network that cannot be used, or not where it was to run
        ModelMissing
        ModelChanged                          the file's checksum is not its card's
        ContractMismatch                      the network's tensors are not the family's
      ProjectError                   exit 7   a project file that cannot be read or saved, or has not what was asked for
      RangeError                     exit 8   a frame, timecode or range outside the plate
      ConsentError                   exit 9   a consent record that cannot be used
      Cancelled                      exit 130 the user stopped the job; what is done is kept

A message says what happened, to which file or frame, and what to do next.
"""

from typing import ClassVar


class LikenessError(Exception):
    """Root of the tree. `exit_code` is the process exit status of a command that ends in it."""

    exit_code: ClassVar[int] = 1


class MediaError(LikenessError):
    exit_code = 3


class MediaNotFound(MediaError):
    pass


class MediaUnreadable(MediaError):
    pass


class NoVideo(MediaError):
    pass


class FrameUnreadable(MediaError):
    """One frame cannot be decoded; a job records it and goes on."""

    def __init__(self, message: str, frame: int) -> None:
        super().__init__(message)
        self.frame = frame


class SizeChanged(MediaError):
    pass


class UnsupportedFormat(MediaError):
    pass


class FaceError(LikenessError):
    exit_code = 4


class NoFace(FaceError):
    pass


class FaceTooSmall(FaceError):
    pass


class FaceTooTurned(FaceError):
    pass


class SeveralFaces(FaceError):
    pass


class OutputError(LikenessError):
    exit_code = 5


class OutputFolderMissing(OutputError):
    pass


class OutputNotWritable(OutputError):
    pass


class OutputIsInput(OutputError):
    pass


class OutputExists(OutputError):
    pass


class DiskFull(OutputError):
    pass


class ContainerLimit(OutputError):
    pass


class ModelError(LikenessError):
    exit_code = 6


class ModelMissing(ModelError):
    pass


class ModelChanged(ModelError):
    pass


class ContractMismatch(ModelError):
    pass


class ProjectError(LikenessError):
    exit_code = 7


class RangeError(LikenessError):
    exit_code = 8


class ConsentError(LikenessError):
    exit_code = 9


class Cancelled(LikenessError):
    exit_code = 130
