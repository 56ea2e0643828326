"""Publishing: what would change for readers, in words; then exactly that, sent, and taken back if need be."""
