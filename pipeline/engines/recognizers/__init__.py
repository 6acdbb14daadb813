"""Networks that tell people apart."""
