"""Builds the demo city in a folder, on the database that SHUANGBI_DATABASE_URL names, and prints September's standing.

    python .ci/demo_standing.py FOLDER/demo
"""

import json
import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
home = Path(sys.argv[1]).resolve()
home.mkdir(parents=True)
(home / "DEMO").write_text("october\n")
sys.path[:0] = [str(ROOT / "src"), str(ROOT)]
os.environ |= {"SHUANGBI_HOME": str(home), "DJANGO_SETTINGS_MODULE": "shuangbi.settings"}

import django  # noqa: E402

django.setup()

from demo.city import build  # noqa: E402

from shuangbi.standings.queries import standing_as_json  # noqa: E402

build(home)
print(json.dumps(standing_as_json(round_name="2020-09", as_of=None), ensure_ascii=False, indent=2))
