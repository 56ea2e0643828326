"""Beginnings: the files of a new digest and of a new article."""

from digest.starter.article import Request, headline, not_a_title
from digest.starter.desk import drafted, filed
from digest.starter.plant import plant
from digest.starter.seed import Choices, seed

__all__ = ["Choices", "Request", "drafted", "filed", "headline", "not_a_title", "plant", "seed"]
