"""Colours, fonts and icons that every widget draws with."""
