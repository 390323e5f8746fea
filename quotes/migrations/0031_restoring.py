from django.db import migrations

from people.sqlfile import run_sql_file


class Migration(migrations.Migration):
    dependencies = [("quotes", "0030_double_groups"), ("people", "0008_restoration_rules")]

    operations = [run_sql_file(__file__)]
