"""The site's own settings, but for passwords that take no half a second of the processor at each login."""

from config.settings import *  # noqa: F403 - all of them

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
