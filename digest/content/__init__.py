"""Reading content: bytes in, the model and problems out."""

from digest.content.read import Reading, read

__all__ = ["Reading", "read"]
