from django.db import migrations

from people.sqlfile import run_sql_file


class Migration(migrations.Migration):
    dependencies = [("quotes", "0013_suggestion_groups")]

    operations = [
        # First the triggers, so that no function names a column that is gone; backwards, last.
        run_sql_file(__file__),
        migrations.RemoveField(model_name="suggestion", name="reasons"),
    ]
