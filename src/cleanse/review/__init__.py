"""The page of `cleanse review`: one edit at a time, every word on the disk before the next is shown."""
