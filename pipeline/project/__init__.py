"""Values the user edits and saves: frozen structs, no pixels."""
