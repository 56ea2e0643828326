"""Keeping secrets out of everything that is shown."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping

SECRET = re.compile(r"secret|passw|pwd|token|credential|access_?key|account_?key|private|signature|sas", re.IGNORECASE)
_FOLDERS = ("PWD", "OLDPWD")
"""Variables of the shell that only sound secret: where one is, and was."""
_SHORTEST = 6


def scrub(text: str, environment: Mapping[str, str] = os.environ) -> str:
    """The text without any value of the environment whose name says that it is secret, and without what stands before
    an @ in addresses."""
    for name, value in environment.items():
        if len(value) >= _SHORTEST and name not in _FOLDERS and SECRET.search(name):
            text = text.replace(value, "…")
    return re.sub(r"://[^/@\s]*@", "://…@", text)
