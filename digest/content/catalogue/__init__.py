"""The regions and topics that a digest may name: built-in lists, with the digest's own entries over them."""

from digest.content.catalogue.catalogue import Catalogue
from digest.content.catalogue.entry import Entry
from digest.content.catalogue.regions import regions
from digest.content.catalogue.topics import topics

__all__ = ["Catalogue", "Entry", "regions", "topics"]
