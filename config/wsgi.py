"""The WSGI application that gunicorn serves."""

import gc
import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
application = get_wsgi_application()

# What is loaded here stays for good. To look through all of it for what nobody needs took the collector 140 ms each
# time, once in five pages of a hundred statements of the API.
_ = get_resolver().url_patterns
gc.collect()
gc.freeze()
