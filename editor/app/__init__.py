"""The window: actions, layout, notices, the link to the worker, and the commands that open it."""
