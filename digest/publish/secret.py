"""Keeping secrets out of everything that is shown."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping

SECRET = re.compile(r"secret|pass|pwd|token|credential|access_?key|account_?key|private|signature|sas", re.IGNORECASE)
_FOLDERS = ("PWD", "OLDPWD")
"""Variables of the shell that only sound secret: where one is, and was."""
_SHORTEST = 6


def scrub(text: str, environment: Mapping[str, str] = os.environ) -> str:
    """The text without any value of the environment whose name says that it is secret, and without what in addresses
    stands before an @, behind a ?, or as a secret among the parameters of a remote of rclone."""
    for name, value in environment.items():
        if len(value) >= _SHORTEST and name not in _FOLDERS and SECRET.search(name):
            text = text.replace(value, "…")
    text = re.sub(r"://[^/@\s]*@", "://…@", text)
    text = re.sub(r"(://[^\s\"'?]*\?)[^\s\"']+", r"\1…", text)
    return _PARAMETER.sub(lambda found: f"{found[1]}{found[2]}=…" if SECRET.search(found[2]) else found[0], text)


_PARAMETER = re.compile(r"([,:?&])([\w-]+)=(\"[^\"]*\"|'[^']*'|[^,:&\s]*)")


def holds_secret(address: str) -> str:
    """What in an address must not stand in settings: "a password", for example; "" where nothing does."""
    user = re.search(r"//([^/@\s]*)@", address)
    if user and ":" in user[1]:
        return "a password"
    if user and re.match(r"\w+:https?:|https?:", address) and (_TOKEN.match(user[1]) or len(user[1]) >= _LIKE_A_TOKEN):
        return "a token"
    named = next((name for _, name, _ in _PARAMETER.findall(address) if _SECRET_PARAMETER.search(name)), "")
    return f"the parameter {named}" if named else ""


_TOKEN = re.compile(r"gh[a-z]_|github_pat_|glpat-|x-token", re.IGNORECASE)
_LIKE_A_TOKEN = 20
"""A name before the @ of a web address as long as this is none: GitHub and GitLab take a token there."""
_SECRET_PARAMETER = re.compile(rf"{SECRET.pattern}|^sig$|^key(_pem)?$", re.IGNORECASE)
