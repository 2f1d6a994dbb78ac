"""One simulated day, over a batch of scenarios at once: whole nano-dollars in NumPy arrays.

Arrays are shaped (tiers, scenarios) or (days, scenarios). Days count from each scenario's start.
The engine takes no clock, no files and no network.
"""
