"""What an object store's client says went wrong, in words for editors. Pure, but for what `scrub` leaves out."""

from __future__ import annotations

import re
from html import unescape

from digest.publish.secret import scrub

_ENVIRONMENT = {
    "s3": "set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY",
    "gs": "set GOOGLE_APPLICATION_CREDENTIALS to the file of a service account’s key",
    "az": "set AZURE_STORAGE_ACCOUNT_NAME and AZURE_STORAGE_ACCOUNT_KEY",
}
_HINTS = {
    "InvalidAccessKeyId": "look at the access key in the environment",
    "SignatureDoesNotMatch": "look at the secret key in the environment, and at the endpoint",
    "AuthenticationFailed": "look at the key in the environment",
    "ExpiredToken": "get new credentials",
    "AccessDenied": "the account needs the rights to list, read, write and delete there",
    "NoSuchBucket": "make the bucket first, or look at its name",
    "ContainerNotFound": "make the container first, or look at its name",
}
_OTHERWISE = "look at the credentials in the environment, the account’s rights and the endpoint"
_OF_ENVIRONMENT = {
    "Account must be specified": "there is no account in the environment",
    "Invalid Access Key": "the account’s key in the environment is none",
    "Unable to open service account file": "the file that the environment names cannot be read",
    "Unable to decode service account file": "what the environment names is no service account’s key",
}
_CLIENT = re.compile(r"Generic \w+ error: ")
_METADATA = ("//169.254.", "//metadata.google")
"""Where machines of the clouds get credentials, which is asked last of all."""
_UNREACHED = re.compile(r"error sending request|dns error|connection refused|operation timed out", re.IGNORECASE)
_STATUS = re.compile(r"status code: (\d{3})")


def answer(said: str, scheme: str) -> tuple[str, str]:
    """What is wrong and what to do, from an error of the client of a `scheme` (s3, gs, az)."""
    if any(place in said for place in _METADATA):
        return "there are no credentials in the environment, nor does this machine give any", _ENVIRONMENT[scheme]
    for words, told in _OF_ENVIRONMENT.items():
        if words in said:
            return told, _ENVIRONMENT[scheme]
    if "builder error" in said:
        return "the store’s address cannot be used", "name it with `endpoint`, which may begin with http://"
    code, message = _tag("Code", said), _tag("Message", said)
    if code:
        status = _STATUS.search(said)
        number = f" with {status[1]}" if status else ""
        told = scrub(f"the store refused{number}: {message.rstrip('.') or code} ({code})")
        return told[:300], _HINTS.get(code, _OTHERWISE)
    if _UNREACHED.search(said):
        return "the store cannot be reached", "look at the endpoint, the region and the network"
    return scrub(_CLIENT.sub("", said.split("\n", 1)[0]))[:300], _OTHERWISE


def _tag(name: str, said: str) -> str:
    """The text of an element in the store's answer, on one line."""
    found = re.search(rf"<{name}>(.*?)</{name}>", said, re.DOTALL)
    return " ".join(unescape(found[1]).split()) if found else ""
