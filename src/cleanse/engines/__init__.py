"""Ways to map a pipeline over many documents; all give the same results in the same order."""
