"""Measures a result against its plate."""
