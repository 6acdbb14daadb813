"""The document that is open, edits with undo, the selection, saving and recovery; no widgets."""
