from django.db import migrations

from people.sqlfile import run_sql_file


class Migration(migrations.Migration):
    dependencies = [("quotes", "0022_return_points_and_notes")]

    operations = [run_sql_file(__file__)]
