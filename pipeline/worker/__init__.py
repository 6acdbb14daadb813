"""The worker process: it owns decoders, networks and caches, draws what is looked at, and does the jobs."""
