"""Face replacement on frames: everything Likeness does without a window. Never imports Qt."""

__version__ = "0.1.0"
