"""Beginnings: the files of a new digest and of a new article."""

from digest.starter.article import Request, headline, not_a_title
from digest.starter.desk import drafted, filed
from digest.starter.host import HOSTS, Host, host_files, host_settings, host_words, with_host
from digest.starter.plant import add, plant
from digest.starter.seed import Choices, seed

__all__ = [
    "HOSTS",
    "Choices",
    "Host",
    "Request",
    "add",
    "drafted",
    "filed",
    "headline",
    "host_files",
    "host_settings",
    "host_words",
    "not_a_title",
    "plant",
    "seed",
    "with_host",
]
