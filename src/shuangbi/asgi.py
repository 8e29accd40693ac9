"""What an asynchronous HTTP server calls."""

import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shuangbi.settings")
application = get_asgi_application()
