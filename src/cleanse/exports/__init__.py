"""Exports: the records and ledgers of a finished run in forms that others read. Pure functions of what was written."""
