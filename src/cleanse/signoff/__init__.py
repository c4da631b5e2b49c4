"""Signing a run off by a sample: bounds that hold, samples nobody can choose, certificates anybody can check."""
