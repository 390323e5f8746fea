from django.db import migrations

from people.sqlfile import run_sql_file


class Migration(migrations.Migration):
    dependencies = [("quotes", "0036_statement_by_speaker"), ("articles", "0003_rules")]

    operations = [run_sql_file(__file__)]
