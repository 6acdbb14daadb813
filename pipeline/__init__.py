"""Face replacement on frames: everything Likeness does without a window. Never imports Qt."""
