"""The site's own settings, but for passwords that take no half a second of the processor at each login, and for pools."""

from config.settings import *  # noqa: F403 - all of them
from config.settings import DATABASES

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# Seconds after which a connection that nobody needs is closed. Each test takes the database away from the site, whose
# pools then grow, and each connection more is one more to be cut and opened anew with the next test.
DATABASES["default"]["OPTIONS"]["pool"]["max_idle"] = 1
