"""The command line: which commands there are, and how an error becomes an exit status.

Nothing heavy is imported before a command has its arguments, so `--help` and a mistyped option answer at once.
"""

import argparse
import sys
from collections.abc import Callable, Sequence

from pipeline import __version__
from pipeline.commands import (
    analyze,
    balance,
    bench,
    bench_film,
    demo,
    doctor,
    expression,
    face,
    key,
    keyframes,
    markers,
    measure,
    models,
    new,
    pack,
    relink,
    render,
    replace,
    review,
    sheet,
    sources,
)
from pipeline.commands.arguments import Subcommands
from pipeline.commands.console import Console
from pipeline.errors import Cancelled, LikenessError
from pipeline.jobs.library_threads import pin_blas

_REGISTRATIONS: tuple[Callable[[Subcommands], None], ...] = (
    demo.register,
    new.register,
    analyze.register,
    face.register,
    keyframes.register,
    key.register,
    expression.register,
    balance.register,
    markers.register,
    relink.register,
    replace.register,
    pack.register,
    render.register,
    sources.register,
    sheet.register,
    measure.register,
    review.register,
    bench.register,
    bench_film.register,
    doctor.register,
    models.register,
)

_EPILOG = """exit status: 0 done, 1 other error, 2 wrong arguments, 3 media, 4 faces, 5 output, 6 models,
7 project, 8 range, 9 consent, 130 stopped by the user"""


Register = Callable[[Subcommands], None]


def build_parser(more: Sequence[Register] = ()) -> argparse.ArgumentParser:
    """The parser of the whole command line; `more` adds commands from outside, as the editor's."""
    parser = argparse.ArgumentParser(
        prog="likeness",
        description="Replaces faces in films and pictures, frame by frame, with the networks and the engine that ship.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"likeness {__version__}")
    subcommands = parser.add_subparsers(dest="command", metavar="COMMAND")
    for register in (*_REGISTRATIONS, *more):
        register(subcommands)
    return parser


def main(
    arguments: Sequence[str] | None = None,
    *,
    more: Sequence[Register] = (),
    without_command: Callable[[], int] | None = None,
) -> int:
    """Run one command, or `without_command` where none is named; its exit status."""
    pin_blas()
    parser = build_parser(more)
    parsed = parser.parse_args(sys.argv[1:] if arguments is None else arguments)
    if parsed.command is None and without_command is None:
        parser.exit(2, parser.format_help())
    console = Console(as_json=getattr(parsed, "json", False))
    try:
        with console.interrupt.listening():
            if parsed.command is None and without_command is not None:
                return without_command()
            status: int = parsed.run(parsed, console)
            return status
    except LikenessError as error:
        return console.fail(error)
    except KeyboardInterrupt:
        return console.fail(Cancelled("Stopped at once. What was finished is kept; run the command again to go on."))
    except BrokenPipeError:
        # The reader of the pipe left; there is nobody to tell.
        sys.stderr.close()
        return 1
