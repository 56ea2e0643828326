"""Pages in a bucket that its own website answers with a redirect, which S3 keeps as a property of the page.

botocore, Amazon's own client, writes these, since obstore cannot set that property. Credentials come from the same
places.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import quote, unquote, urlsplit

from digest.publish.bucket import Headers
from digest.publish.refused import refused
from digest.publish.secret import scrub
from digest.publish.targets import SETTINGS, Named


class Website:
    """Writes pages that lead on into a bucket, or a folder in one."""

    def __init__(self, named: Named) -> None:
        parts = urlsplit(named.to)
        if parts.scheme != "s3":
            raise refused("D912", "only a bucket at s3:// can be a website", named.to, "take the line `host:` out")
        try:
            from botocore.config import Config  # noqa: PLC0415 (an extra)
            from botocore.session import get_session  # noqa: PLC0415 (likewise)
        except ImportError as error:
            hint = "pip install 'digest-news[s3-website]'"
            raise refused("D912", "redirects of a bucket’s website need an extra", SETTINGS, hint) from error
        self.shown = named.to
        self._bucket, self._folder = parts.netloc, unquote(parts.path).strip("/")
        style = {"addressing_style": "path"} if named.endpoint else {}
        config = Config(s3=style, retries={"max_attempts": 4})
        given: dict[str, Any] = {"endpoint_url": named.endpoint or None, "region_name": named.region or None}
        self._client = get_session().create_client("s3", config=config, **given)

    def put(self, name: str, data: bytes, headers: Headers) -> None:
        """Write a page with the address that it leads to."""
        from botocore.exceptions import BotoCoreError, ClientError  # noqa: PLC0415 (an extra)

        try:
            self._client.put_object(
                Bucket=self._bucket,
                Key=f"{self._folder}/{name}".lstrip("/"),
                Body=data,
                ContentType=headers.content_type,
                CacheControl=headers.cache,
                WebsiteRedirectLocation=quote(headers.to),
            )
        except (BotoCoreError, ClientError) as error:
            hint = "look at the credentials in the environment and the account’s rights"
            raise refused("D914", scrub(str(error))[:300], self.shown, hint) from error
