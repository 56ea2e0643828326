"""Changing a digest's files for those who write them, without touching anything else in them."""

from digest.writing.fmt import formatted
from digest.writing.mend import mended
from digest.writing.repair import Repair
from digest.writing.replace import replaced
from digest.writing.shape import keys
from digest.writing.source import with_source
from digest.writing.statement import holders, with_statement

__all__ = ["Repair", "formatted", "holders", "keys", "mended", "replaced", "with_source", "with_statement"]
