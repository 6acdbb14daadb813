"""Consent, the visible mark's policy, content credentials, the export log."""
