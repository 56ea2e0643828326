"""Links without what says how they were shared: to publish them, and to tell those that lead to the same page."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

_TRACKING = re.compile(
    r"utm_\w+|(?:fb|g|y|dc|tt|ms)clid|twclid|gbraid|wbraid|gclsrc|igsh(?:id)?|srsltid|li_fat_id|mc_[ce]id|mkt_tok|"
    r"_hs(?:enc|mi)|__hs\w+|_g[al]|at_(?:medium|campaign|custom\d|link_\w+|bbc_\w+|ptr_\w+|format)|cmpid|smid|smtyp|ocid|"
    r"ito|xtor|ftag|ncid|wt[._]mc(?:_\w+)?|oly_(?:enc|anon)_id|vero_(?:id|conv)|s_cid|(?:piwik|pk|mtm|matomo)_\w+|ref_src|"
    r"ref_url|guce_\w+",
    re.IGNORECASE,
)
"""Parameters that say who has shared a link, or where: no page depends on one."""


def without_tracking(link: str) -> str:
    """A link as it may be published: without parameters that track, and otherwise as it is."""
    before, sign, fragment = link.partition("#")
    place, question, query = before.partition("?")
    kept = [p for p in query.split("&") if not _tracks(p)]
    if len(kept) == query.count("&") + 1:
        return link
    return place + (question + "&".join(kept) if kept else "") + sign + fragment


def bare_link(link: str) -> str:
    """A link to compare: without scheme, "www.", fragment, slash at its end and parameters that track; "" for none."""
    link = link.strip()
    try:
        parts = urlsplit(link)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return link
    if not host:
        return link
    kept = sorted(p for p in parts.query.split("&") if p and not _tracks(p))
    place = host.removeprefix("www.") + (f":{port}" if port not in {None, 80, 443} else "")
    return place + parts.path.rstrip("/") + ("?" + "&".join(kept) if kept else "")


def _tracks(parameter: str) -> bool:
    return bool(_TRACKING.fullmatch(parameter.partition("=")[0]))
