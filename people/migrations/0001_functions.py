from django.contrib.postgres.operations import BtreeGistExtension
from django.db import migrations

from people.sqlfile import run_sql_file


class Migration(migrations.Migration):
    dependencies = []

    operations = [
        # The exclusion constraints compare numbers with = and ranges with && in one index.
        BtreeGistExtension(),
        run_sql_file(__file__),
    ]
