"""`bench`: every figure this program is held to, measured here."""

import argparse
from pathlib import Path

from pipeline.commands.arguments import Subcommands, add_json
from pipeline.commands.console import Console

_TABLES = (
    "fidelity",
    "loop",
    "balance",
    "hands",
    "light",
    "engine",
    "analysis",
    "keyframes",
    "weights",
    "faces",
    "shots",
    "speakers",
    "pipeline",
    "worker",
    "demo",
)


def register(subcommands: Subcommands) -> None:
    parser = subcommands.add_parser(
        "bench",
        help="measure fidelity, the closed loop, balance, hands, light, keyframes and speed on this machine",
        description="Measures what the program is held to, beside the untouched plate and a naive paste.",
    )
    parser.add_argument(
        "tables", nargs="*", metavar="TABLE", help=f"of {', '.join(_TABLES)} (default: all of them, an hour or more)"
    )
    parser.add_argument("--media", type=Path, metavar="DIR", help="folder of the clips (default: the checkout's own)")
    parser.add_argument("--pair", action="append", default=[], metavar="TEXT", help="only pairs whose name contains it")
    parser.add_argument("--last", type=int, metavar="N", help="measure frames 0 to N of each clip only")
    parser.add_argument("--keep", type=Path, metavar="DIR", help="leave films and figures in this folder")
    parser.add_argument(
        "--merge", type=Path, nargs="+", metavar="FILE", help="measure nothing: show the figures kept in these files"
    )
    parser.add_argument("--threads", type=int, default=2, metavar="N", help="threads of the engine table (default: 2)")
    add_json(parser)
    parser.set_defaults(run=run, parser=parser)


def run(arguments: argparse.Namespace, console: Console) -> int:
    unknown = [name for name in arguments.tables if name not in _TABLES]
    if unknown:
        arguments.parser.error(f"there is no table {unknown[0]}: choose of {', '.join(_TABLES)}")
    if arguments.merge:
        return _show_kept(arguments.merge, console)
    from pipeline.jobs.bench import TABLES, BenchRequest, bench_values, run_bench
    from pipeline.jobs.bench_media import MEDIA
    from pipeline.jobs.machine_state import machine_state

    if not console.as_json:
        console.say(machine_state())
    request = BenchRequest(
        tables=[name for name in TABLES if name in (arguments.tables or TABLES)],
        media=arguments.media or MEDIA,
        pairs=arguments.pair,
        last=arguments.last,
        keep=arguments.keep,
        threads=arguments.threads,
    )
    tables = []
    for table in run_bench(request, console.progress, console.interrupt):
        tables.append(table)
        if not console.as_json:
            console.say("\n" + table.text())
    console.answer(bench_values(tables))
    return 0


def _show_kept(files: list[Path], console: Console) -> int:
    from pipeline.jobs.bench import bench_values
    from pipeline.jobs.bench_table import kept_tables

    tables = kept_tables(files)
    if not console.as_json:
        for table in tables:
            console.say(table.text() + "\n")
    console.answer(bench_values(tables))
    return 0
