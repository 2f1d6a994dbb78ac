"""What a provider says: ladders, tiers, gates and limits, loaded from data/."""
