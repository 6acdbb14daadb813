"""Networks that find faces in a picture."""
