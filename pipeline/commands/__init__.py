"""The headless commands, one module each: arguments in, a job called, its answer told."""
