"""What every test stands on: a home of its own, and the network shut."""

import os
import tempfile
from pathlib import Path

os.environ.setdefault("SHUANGBI_TESTING", "1")
os.environ.setdefault("SHUANGBI_HOME", tempfile.mkdtemp(prefix="shuangbi-test-"))
os.environ.setdefault("SHUANGBI_SECRET_KEY", "tests-only")
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
(Path(os.environ["SHUANGBI_HOME"]) / "data").mkdir(parents=True, exist_ok=True)
