"""``python -m onrecord.schemas``: write the schema files anew from the records."""

from __future__ import annotations

from onrecord.schemas import write

if __name__ == "__main__":
    write()
