from django.db import migrations, models


class Migration(migrations.Migration):
    """Of two numbers one is the newer version."""

    dependencies = [("quotes", "0014_suggestion_without_reasons")]

    operations = [
        migrations.AlterField("reading", "engine", models.PositiveIntegerField(verbose_name="engine version")),
        migrations.AlterField("suggestion", "engine", models.PositiveIntegerField(verbose_name="engine version")),
    ]
