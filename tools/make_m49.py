"""Writes m49.csv from Unicode CLDR: `python tools/make_m49.py CLDR_CORE [ENGLISH_TERRITORIES] > m49.csv`.

CLDR_CORE is the unpacked npm package cldr-core; ENGLISH_TERRITORIES is main/en/territories.json of the package
cldr-localenames-full, for the second names of countries ("UK", "Ivory Coast").
"""

from __future__ import annotations

import csv
import json
import re
import sys
from pathlib import Path
from typing import Any

WORLD = "001"
# Sub-Saharan Africa and Latin America are sub-regions of M49 with regions inside; CLDR keeps them beside its tree.
INSIDE = {**dict.fromkeys(("011", "014", "017", "018"), "202"), **dict.fromkeys(("005", "013", "029"), "419")}
# M49 gives Antarctica no region, and CLDR's Outlying Oceania (QO) is not a part of M49.
OUTSIDE = {"AQ": ""}
# These have no ISO 3166-1 code but reserved ones, except that Kosovo's user-assigned code is in wide use.
RESERVED = {"AC", "CP", "CQ", "DG", "EA", "IC", "QO", "TA"}


def parents(containment: dict[str, Any]) -> dict[str, str]:
    """Parent by code, "" for those just below the world, from CLDR's territoryContainment."""
    tree = {WORLD: ""} | OUTSIDE
    for area, entry in containment.items():
        if re.fullmatch(r"\d{3}(-status-grouping)?", area) and "_grouping" not in entry:
            parent = area[:3]
            tree |= {code: "" if parent == WORLD else parent for code in entry["_contains"] if code not in OUTSIDE}
    tree |= INSIDE
    return {code: parent for code, parent in tree.items() if code not in RESERVED | {"EU", "EZ", "UN"}}


def main(core: Path, territories: Path | None) -> None:
    """Writes code, parent, alpha-3 code and second English names (with "|" between them), sorted by code."""
    supplemental = core / "supplemental"
    containment = json.loads((supplemental / "territoryContainment.json").read_text())["supplemental"]
    mappings = json.loads((supplemental / "codeMappings.json").read_text())["supplemental"]["codeMappings"]
    names: dict[str, str] = {}
    if territories:
        names = json.loads(territories.read_text())["main"]["en"]["localeDisplayNames"]["territories"]
    rows = csv.writer(sys.stdout, lineterminator="\n")
    rows.writerow(["code", "parent", "alpha3", "also"])
    for code, parent in sorted(parents(containment["territoryContainment"]).items()):
        also = [name for key, name in sorted(names.items()) if key.startswith(f"{code}-alt-")]
        rows.writerow([code, parent, mappings.get(code, {}).get("_alpha3", ""), "|".join(also)])


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]) if len(sys.argv) > 2 else None)
