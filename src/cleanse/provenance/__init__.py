"""Provenance: what a document says of itself, in a normal form, with the place where it says so."""
