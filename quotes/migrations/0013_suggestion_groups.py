from importlib import import_module

from django.db import migrations

before = import_module("quotes.migrations.0008_groups")

# To decide on a suggestion is to change it; nobody makes or deletes one.
ACTS = before.ACTS | {
    "annotator": before.ACTS["annotator"] | {"quotes": before.ACTS["annotator"]["quotes"] | {"suggestion": "change"}},
}


def make_groups(apps, schema_editor):
    """The three groups with exactly the acts of the table, whatever they had before."""
    before.make_groups(apps, schema_editor, ACTS)


def make_groups_as_before(apps, schema_editor):
    before.make_groups(apps, schema_editor)


class Migration(migrations.Migration):
    dependencies = [("quotes", "0012_suggestion_rules")]

    operations = [migrations.RunPython(make_groups, make_groups_as_before)]
