"""`report.html`: what a run did, as one file that needs nothing else, for people."""

from cleanse.report.documents import CleanedDocument
from cleanse.report.page import html_report

__all__ = ["CleanedDocument", "html_report"]
