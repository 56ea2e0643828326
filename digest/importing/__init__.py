"""Importing: raw text, feeds, pages, mails and other generators' articles become drafts with proposals to look at."""
