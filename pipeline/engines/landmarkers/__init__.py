"""Networks that locate the mesh of a face and read its expression."""
