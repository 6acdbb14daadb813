"""Plates in, films out: probing, frame-exact reading, writing, audio, timecode."""
