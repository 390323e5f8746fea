from django.db import migrations

from people.sqlfile import run_sql_file


class Migration(migrations.Migration):
    dependencies = [("people", "0007_restoration")]

    operations = [run_sql_file(__file__)]
