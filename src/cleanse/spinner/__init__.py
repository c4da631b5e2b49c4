"""Undoing an article spinner: whether a text is spun, by which family, and what stood there before."""
