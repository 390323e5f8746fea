from django.contrib import admin

from people.admin.base import RecordAdmin
from quotes.models import Topic
from quotes.refusals import SENTENCES


@admin.register(Topic)
class TopicAdmin(RecordAdmin):
    """Subject headings, findable in each of the three languages."""

    rule_sentences = SENTENCES
    list_display = ("__str__", "parent", "name_ru", "name_be", "name_en")
    list_select_related = ("parent",)
    search_fields = ("name_ru", "name_be", "name_en")
    autocomplete_fields = ("parent",)
