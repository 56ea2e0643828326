"""Measurements of whole builds; `make bench` runs them."""
