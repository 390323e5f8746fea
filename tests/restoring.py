"""Hands for tests of restoring: the editor's way from a history to the state that a record had."""

import html
import re

from django.urls import reverse

from people.models import HistoryEntry
from tests import world


def log_in_editor(client):
    """Elena, an editor who reads English."""
    elena = world.user("elena", "editor")
    client.force_login(elena)
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    return elena


def text_of(answer):
    return " ".join(re.sub(r"<[^>]+>", " ", html.unescape(answer.content.decode())).split())


def last_change(of=None):
    """The newest entry of the history; of that row alone, if one is given."""
    entries = HistoryEntry.objects.order_by("-id")
    return entries.filter(table_name=of._meta.db_table, row_id=of.pk).first() if of else entries.first()


def address(record, entry):
    meta = type(record)._meta
    return reverse(f"admin:{meta.app_label}_{meta.model_name}_restore", args=[record.pk, entry.pk])


def restore(client, record, entry, reason="Изменили по ошибке."):
    """Reads what would happen and says yes, as the page's form does; both answers, with what follows them."""
    page = client.get(address(record, entry), follow=True)
    newest = re.search(r'name="newest" value="(\d+)"', page.content.decode())
    assert newest, text_of(page)
    sent = {"reason": reason, "newest": newest[1]}
    return text_of(page), text_of(client.post(address(record, entry), sent, follow=True))
