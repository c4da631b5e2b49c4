"""A reviewer's decisions: what they say, how they are found again, and what became of them in a run."""
