"""The languages that the editor speaks: its own texts, and at its edge those that come from the pipeline."""
