"""Puts a rendered patch back into a plate's planes, and marks it."""
