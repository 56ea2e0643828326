"""Small digests on disk, for tests."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

from PIL import Image

SETTINGS = "title: Test digest\nurl: https://example.org/a/\ntimezone: Europe/Kyiv\n"
SOURCES = """\
parties:
  ua: {name: Ukraine, opposes: [ru]}
  ru: {name: Russia}
sources:
  general-staff: {name: General Staff, kind: military, speaks_for: ua}
  kremlin: {name: Kremlin, kind: government, speaks_for: ru}
  tass: {name: Tass, kind: agency, controlled_by: ru}
  monitor: {name: Monitor Group, kind: open_source}
  agency: {name: News Agency, kind: agency}
  paper: {name: Daily Paper, kind: outlet}
"""
FRONT = """\
---
title: Kyiv reports a village retaken
date: 2025-07-01T09:30
summary: The General Staff says one village is back in its hands.
regions: [UA-59, RU]
topics: [war, diplomacy]
thread: front
claims:
  - id: village-retaken
    text: The village has been retaken.
    kind: control
    benefits: [ua]
    harms: [ru]
    statements:
      - {by: general-staff, via: [paper]}
      - {by: kremlin, says: silent, via: [paper]}
      - {by: monitor, says: supports, basis: own_investigation, recorded: 2025-07-02}
---
Kyiv said [the village]{claim=village-retaken} is back. See [the claim](/claims/village-retaken/).
"""
SECOND = """\
---
title: Monitors look at the village
date: 2025-07-02
regions: [UA]
topics: [war]
thread: front
aliases: [/old/monitors/]
corrections:
  - {date: 2025-07-03, text: The name of the village was misspelt.}
claims:
  - id: village-retaken
    statements:
      - {by: kremlin, says: denies, via: [tass]}
  - id: more-to-come
    text: More villages will follow.
    kind: forecast
    depends_on: village-retaken
    statements: [{by: general-staff, via: [paper]}]
---
Text.
"""
PLAIN = """\
---
title: A bridge is closed
date: 2025-07-02
sources: [agency, paper]
---
Text.
"""
NOTE = "---\ntitle: A quiet day\nauthors: [Desk]\n---\nSee [the labels](/labels/).\n"


def png(width: int = 8, colour: str = "red") -> bytes:
    """A small picture."""
    made = BytesIO()
    Image.new("RGB", (width, 6), colour).save(made, "PNG")
    return made.getvalue()


def write(root: Path, files: dict[str, str]) -> Path:
    """Write files below a folder and return it."""
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return root


def small_digest(root: Path) -> Path:
    """A digest of two days, three articles and four claims."""
    return write(
        root,
        {
            "digest.yaml": SETTINGS,
            "content/sources.yaml": SOURCES,
            "content/2025/07/01/village.md": FRONT,
            "content/2025/07/01/_edition.md": NOTE,
            "content/2025/07/02/monitors.md": SECOND,
            "content/2025/07/02/bridge.md": PLAIN,
        },
    )
