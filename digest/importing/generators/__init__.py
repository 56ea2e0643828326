"""Other generators' content: Hugo, Jekyll, Pelican and WordPress exports become articles."""
