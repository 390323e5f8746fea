from django.db import migrations

from people.sqlfile import run_sql_file


class Migration(migrations.Migration):
    dependencies = [("articles", "0009_feed_rules")]

    operations = [run_sql_file(__file__)]
