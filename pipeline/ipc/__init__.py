"""What the editor's process and the worker's say to each other, and how it gets across."""
