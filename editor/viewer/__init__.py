"""The canvas that shows a frame, and ways to compare."""
