"""Networks and face engines: one file a model, each with its card."""
