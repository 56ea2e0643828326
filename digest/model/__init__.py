"""The frozen types that flow from step to step."""

from digest.model.articles import Article, Correction, EditionNote, Image
from digest.model.claims import Basis, Claim, ClaimKind, Label, Override, Stance, Statement
from digest.model.digest import Digest
from digest.model.settings import RawHtml, Settings
from digest.model.sources import Party, Registry, Relation, RelationKind, Source, SourceKind
from digest.model.taxa import Taxon, Taxonomy

__all__ = [
    "Article",
    "Basis",
    "Claim",
    "ClaimKind",
    "Correction",
    "Digest",
    "EditionNote",
    "Image",
    "Label",
    "Override",
    "Party",
    "RawHtml",
    "Registry",
    "Relation",
    "RelationKind",
    "Settings",
    "Source",
    "SourceKind",
    "Stance",
    "Statement",
    "Taxon",
    "Taxonomy",
]
