"""`cleanse review`: one change at a time, decided once, kept for every later run."""
