"""Renders one frame, and sequences of frames in resumable segments."""
