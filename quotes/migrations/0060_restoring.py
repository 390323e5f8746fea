from django.db import migrations

from people.sqlfile import run_sql_file


class Migration(migrations.Migration):
    dependencies = [("quotes", "0027_opening"), ("people", "0011_restoration_rules")]

    operations = [run_sql_file(__file__)]
