from django.contrib.postgres.operations import TrigramExtension
from django.db import migrations

from people.sqlfile import run_sql_file


class Migration(migrations.Migration):
    dependencies = [("people", "0005_blank_names_refused")]

    operations = [TrigramExtension(), run_sql_file(__file__)]
