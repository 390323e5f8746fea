from django.db import migrations

from people.sqlfile import run_sql_file


class Migration(migrations.Migration):
    dependencies = [("quotes", "0038_api_key")]

    operations = [run_sql_file(__file__)]
