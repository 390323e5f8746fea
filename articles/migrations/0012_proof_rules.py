from django.db import migrations

from people.sqlfile import run_sql_file


class Migration(migrations.Migration):
    dependencies = [("articles", "0011_proof")]

    operations = [run_sql_file(__file__)]
