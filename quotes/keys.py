"""Keys of the API: given once, known by their hash, revoked at once."""

import hashlib
import secrets

from django.contrib.auth.models import User
from django.utils import timezone

from quotes.models import ApiKey

# By it programs that look for secrets in published code know a key of ours.
PREFIX = "skz_"
# Of a key, all of them drawn by lot.
BYTES = 32
SHOWN = 4


def give(key: ApiKey, *, by: User) -> str:
    """Saves a new key, and is the one sight of what its holder shows: only its hash is kept. May raise IntegrityError."""
    secret = PREFIX + secrets.token_urlsafe(BYTES)
    key.key_hash, key.ending, key.made_by = hash_of(secret), secret[-SHOWN:], by
    key.texts_allowed_by = by if key.may_read_texts else None
    key.save(force_insert=True)
    return secret


def change(key: ApiKey, *, by: User) -> None:
    """Saves its name, its holder, its last day and what it allows, from the next request on. May raise IntegrityError."""
    if not key.may_read_texts:
        key.texts_allowed_by = None
    elif key.texts_allowed_by is None:
        key.texts_allowed_by = by
    key.save(update_fields=["name", "owner", "expires_on", "may_read_texts", "texts_allowed_by"])


def revoke(key: ApiKey, *, by: User) -> None:
    """No request is answered by it from now on, and nothing brings it back. May raise IntegrityError."""
    key.revoked_at, key.revoked_by = timezone.now(), by
    key.save(update_fields=["revoked_at", "revoked_by"])


def find(secret: str) -> ApiKey | None:
    """The key, where it is one that works now. The day is noted as that of its last use."""
    key = ApiKey.objects.working().filter(key_hash=hash_of(secret)).first()
    today = timezone.localdate()
    if key is not None and key.last_used_on != today:
        ApiKey.objects.filter(pk=key.pk).update(last_used_on=today)
    return key


def hash_of(secret: str) -> str:
    """What is kept in place of a key. It needs no salt and no slowness: nobody can go through 256 bits."""
    return hashlib.sha256(secret.encode()).hexdigest()
