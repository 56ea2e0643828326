"""Programs for those who work on digest itself; nothing here is in the wheel."""
