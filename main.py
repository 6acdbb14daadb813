"""The entry: everything the program does starts here. Imports nothing heavy, so that a command answers at once."""

import multiprocessing
import sys

from editor.app.commands import register, run_without_command
from pipeline.cli import main

if __name__ == "__main__":
    multiprocessing.freeze_support()
    sys.exit(main(more=(register,), without_command=run_without_command))
