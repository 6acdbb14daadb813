"""Engines that put an identity on a face."""
