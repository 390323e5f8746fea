from importlib import import_module

from django.db import migrations

before = import_module("quotes.migrations.0013_suggestion_groups")

# Annotators take articles, finish and skip what is theirs; editors assign, and reopen what others finished.
ACTS = before.ACTS | {
    "annotator": before.ACTS["annotator"] | {"quotes": before.ACTS["annotator"]["quotes"] | {"assignment": "take"}},
    "editor": before.ACTS["editor"] | {"quotes": before.ACTS["editor"]["quotes"] | {"assignment": "give"}},
}


def make_groups(apps, schema_editor):
    """The three groups with exactly the acts of the table, whatever they had before."""
    before.before.make_groups(apps, schema_editor, ACTS)


def make_groups_as_before(apps, schema_editor):
    before.make_groups(apps, schema_editor)


class Migration(migrations.Migration):
    dependencies = [("quotes", "0017_assignment_rules")]

    operations = [migrations.RunPython(make_groups, make_groups_as_before)]
