from importlib import import_module

from django.db import migrations

before = import_module("quotes.migrations.0030_double_groups")
groups = before.groups

# Editors bring records back to how they were.
ACTS = before.ACTS | {
    "editor": before.ACTS["editor"] | {"people": before.ACTS["editor"]["people"] | {"restoration": "restore"}},
}


def make_groups(apps, schema_editor):
    """The three groups with exactly the acts of the table, whatever they had before."""
    groups.make_groups(apps, schema_editor, ACTS)


def make_groups_as_before(apps, schema_editor):
    before.make_groups(apps, schema_editor)


class Migration(migrations.Migration):
    dependencies = [("quotes", "0031_restoring")]

    operations = [migrations.RunPython(make_groups, make_groups_as_before)]
