"""How fast the engine and the page are, as ratios to baselines measured in the same run."""
