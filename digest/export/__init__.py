"""The digest's claims as data for other programs."""
