from importlib import import_module

from django.db import migrations

before = import_module("quotes.migrations.0035_error_report_groups")
groups = before.groups

# Editors give and revoke keys of the API.
ACTS = before.ACTS | {
    "editor": before.ACTS["editor"] | {"quotes": before.ACTS["editor"]["quotes"] | {"apikey": "manage"}},
}


def make_groups(apps, schema_editor):
    """The three groups with exactly the acts of the table, whatever they had before."""
    groups.make_groups(apps, schema_editor, ACTS)


def make_groups_as_before(apps, schema_editor):
    before.make_groups(apps, schema_editor)


class Migration(migrations.Migration):
    dependencies = [("quotes", "0039_api_key_rules")]

    operations = [migrations.RunPython(make_groups, make_groups_as_before)]
