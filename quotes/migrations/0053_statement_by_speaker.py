import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0008_restoration_rules"),
        ("quotes", "0052_error_report_groups"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="statement",
            index=models.Index(fields=["speaker", "sort_key"], name="statement_by_speaker"),
        ),
        migrations.AlterField(
            model_name="statement",
            name="speaker",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="statements",
                to="people.person",
                verbose_name="speaker",
            ),
        ),
    ]
