"""`digest import`."""
