"""Networks that hear speech."""
