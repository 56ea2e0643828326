"""The search index: what can be found, and Pagefind's files of it."""
