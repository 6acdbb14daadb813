"""Networks that find hands and their joints."""
