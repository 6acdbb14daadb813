"""The entry: everything the program does starts here. Imports nothing heavy, so that a command answers at once."""

import multiprocessing
import sys

from pipeline.cli import main

if __name__ == "__main__":
    multiprocessing.freeze_support()
    sys.exit(main())
