"""The page that lists what changed for readers, and how the heading of an entry is written."""

import re

PAGE = "changes.md"
ENTRY = re.compile(r"(?P<day>\d{4}-\d{2}-\d{2})(?:: |：)(?P<words>\S.*)")
