"""What only many documents together show: lines that a source repeats, documents that repeat one another."""
