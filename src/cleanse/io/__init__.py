"""Files in and out. Nothing outside this package opens a file of the user's."""
