"""The ids of a page's elements."""

from __future__ import annotations

import hashlib
import re
from collections import Counter


class Anchors:
    """The ids of one page's elements: made of the record's own ids, safe in a link, none given twice."""

    def __init__(self) -> None:
        self._given: Counter[str] = Counter()

    def make(self, name: str) -> str:
        """Return an anchor for ``name``; a name that cannot stand in a link keeps apart from others by its hash."""
        anchor = re.sub(r"[^A-Za-z0-9_-]+", "-", name)[:80]
        if anchor != name:
            anchor += "-" + hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:8]
        wanted = anchor
        while self._given[anchor]:
            self._given[wanted] += 1
            anchor = f"{wanted}-{self._given[wanted]}"
        self._given[anchor] += 1
        return anchor
