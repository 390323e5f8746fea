from importlib import import_module
from pathlib import Path

from django.db import migrations
from django.utils import timezone

before = import_module("quotes.migrations.0018_assignment_groups")
groups = import_module("quotes.migrations.0008_groups")

TEXTS = Path(__file__).parent / "text"
# Editors write new versions and publish them; everybody reads them.
ACTS = before.ACTS | {
    "editor": before.ACTS["editor"] | {"quotes": before.ACTS["editor"]["quotes"] | {"guideline": "add change delete"}},
}


def make_groups(apps, schema_editor):
    """The three groups with exactly the acts of the table, whatever they had before."""
    groups.make_groups(apps, schema_editor, ACTS)


def make_groups_as_before(apps, schema_editor):
    before.make_groups(apps, schema_editor)


def publish_first_guideline(apps, schema_editor):
    """Version 1, from the texts beside the migrations; the database gives it its number."""
    guidelines = apps.get_model("quotes", "Guideline").objects.using(schema_editor.connection.alias)
    if not guidelines.exists():
        texts = {
            f"text_{language}": (TEXTS / f"0026_guideline.{language}.txt").read_text(encoding="utf-8").strip()
            for language in ("ru", "en")
        }
        guidelines.create(**texts, published_at=timezone.now())


def keep_guidelines(apps, schema_editor):
    """What is published stays until its table goes."""


class Migration(migrations.Migration):
    dependencies = [("quotes", "0025_guideline_rules")]

    operations = [
        migrations.RunPython(make_groups, make_groups_as_before),
        migrations.RunPython(publish_first_guideline, keep_guidelines),
    ]
