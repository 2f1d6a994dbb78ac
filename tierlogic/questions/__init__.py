"""Questions about plans: each only calls the engine, in batches."""
