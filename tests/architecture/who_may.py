"""Who may open which address, as a page of the documents: `python -m tests.architecture.who_may` writes it anew.

The page is reviewed and committed; a test compares it with the code, so that no door opens or shuts unnoticed.
"""

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "who-may.md"
HEAD = """# Who may open which address

Made from the code by `python -m tests.architecture.who_may`, and compared with it by a test. A role opens the address; which things are found behind it
depends on the units the role was given for (a thing of another unit answers 404, as if it were not there), and some pages ask for more (another person
than the reporter, the lead of the unit). `*` is anyone, `person` anyone who has logged in.

| address | name | methods | who |
|---|---|---|---|
"""


def page() -> str:
    """The page as it should be."""
    from tests.architecture.routes import routes

    rows = [
        f"| `/{route.pattern}` | `{route.name}` | {', '.join(sorted(route.methods - {'HEAD'}))} | {', '.join(sorted(map(str, route.who or ())))} |"
        for route in sorted(routes(), key=lambda route: route.name)
    ]
    return HEAD + "\n".join(rows) + "\n"


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shuangbi.settings")
    sys.path.insert(0, str(ROOT / "src"))
    import django

    django.setup()
    PAGE.write_text(page(), encoding="utf-8")
