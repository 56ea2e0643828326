"""digest: a static site generator for news digests that labels every claim with its sources and verification."""

__version__ = "0.1.0"
