from importlib import import_module

from django.db import migrations

before = import_module("quotes.migrations.0026_first_guideline")
groups = import_module("quotes.migrations.0008_groups")

# Editors set the share, and choose articles; reviewers settle; both see how far annotators agree.
ACTS = before.ACTS | {
    "reviewer": before.ACTS["reviewer"]
    | {"quotes": before.ACTS["reviewer"]["quotes"] | {"doubleannotation": "adjudicate measure"}},
    "editor": before.ACTS["editor"]
    | {"quotes": before.ACTS["editor"]["quotes"] | {"doubleshare": "change", "doubleannotation": "make measure"}},
}


def make_groups(apps, schema_editor):
    """The three groups with exactly the acts of the table, whatever they had before."""
    groups.make_groups(apps, schema_editor, ACTS)


def make_groups_as_before(apps, schema_editor):
    before.make_groups(apps, schema_editor)


class Migration(migrations.Migration):
    dependencies = [("quotes", "0029_double_rules")]

    operations = [migrations.RunPython(make_groups, make_groups_as_before)]
