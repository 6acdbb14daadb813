"""The playhead, the transport and the pictures that came from the worker; no widgets."""
