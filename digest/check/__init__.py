"""Checks of a built site: its links, its data for machines, and the servers that it links to."""
