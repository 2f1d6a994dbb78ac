"""Many accounts at once: a frame of them in, their dates and totals out."""
