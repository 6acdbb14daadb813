"""Reads plates and proposes structure: tracks, signals, solves, and their store."""
