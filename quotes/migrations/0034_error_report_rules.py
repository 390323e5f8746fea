from django.db import migrations

from people.sqlfile import run_sql_file


class Migration(migrations.Migration):
    dependencies = [("quotes", "0033_error_report")]

    operations = [run_sql_file(__file__)]
