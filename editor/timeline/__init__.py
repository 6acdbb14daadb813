"""Frames from left to right: ruler, keyframes, signals, playhead."""
