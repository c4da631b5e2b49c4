"""The schemas that are shipped, as package data beside this file: JSON Schema and Arrow form of a document's record."""
