"""Adds up the closing lines of several runs of pytest and prints them as one, in pytest's own form."""

import re
import sys
from collections import Counter
from pathlib import Path

COUNT = re.compile(r"(\d+) (passed|failed|errors?|skipped|deselected|xfailed|xpassed|warnings?)")
TIME = re.compile(r" in ([\d.]+)s")

counts: Counter[str] = Counter()
seconds = 0.0
for name in sys.argv[1:]:
    closing = [line for line in Path(name).read_text(encoding="utf-8").splitlines() if TIME.search(line) and COUNT.search(line)]
    if not closing:
        sys.exit(f"{name} has no closing line")
    counts.update({word.rstrip("s") if word.startswith(("error", "warning")) else word: int(n) for n, word in COUNT.findall(closing[-1])})
    seconds += float(TIME.findall(closing[-1])[-1])
parts = ", ".join(f"{number} {word}{'s' if word in {'error', 'warning'} and number > 1 else ''}" for word, number in counts.items())
print(f"=== {parts} in {seconds:.2f}s ===")
