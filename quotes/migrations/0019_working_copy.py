import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0005_blank_names_refused"),
        ("quotes", "0018_assignment_groups"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Presence",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("of", models.TextField(default="new", verbose_name="of what")),
                ("seen_at", models.DateTimeField(verbose_name="last seen")),
                (
                    "snapshot",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="presences",
                        to="articles.snapshot",
                        verbose_name="snapshot",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="presences",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="user",
                    ),
                ),
            ],
            options={
                "verbose_name": "presence",
                "verbose_name_plural": "presences",
                "ordering": ("id",),
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(fields=("user", "snapshot"), name="presence_once"),
                    models.CheckConstraint(
                        condition=models.Q(("of__regex", "^(new|quote:[0-9a-z]+|suggestion:[0-9]+)$")),
                        name="presence_of_something",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="WorkingCopy",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "of",
                    models.TextField(
                        help_text="new, quote:<its id> or suggestion:<its number>.", verbose_name="of what"
                    ),
                ),
                ("content", models.JSONField(verbose_name="what is typed")),
                ("earlier", models.JSONField(default=list, verbose_name="states before it")),
                ("later", models.JSONField(default=list, verbose_name="states that were undone")),
                (
                    "fingerprint",
                    models.TextField(
                        blank=True,
                        help_text="Of the statement as it was when the typing began.",
                        verbose_name="fingerprint",
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1, verbose_name="version")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="changed")),
                (
                    "snapshot",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="working_copies",
                        to="articles.snapshot",
                        verbose_name="snapshot",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="working_copies",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="user",
                    ),
                ),
            ],
            options={
                "verbose_name": "working copy",
                "verbose_name_plural": "working copies",
                "ordering": ("id",),
                "default_permissions": (),
                "indexes": [models.Index(fields=["updated_at"], name="working_copy_by_age")],
                "constraints": [
                    models.UniqueConstraint(fields=("user", "snapshot", "of"), name="working_copy_once"),
                    models.CheckConstraint(
                        condition=models.Q(("of__regex", "^(new|quote:[0-9a-z]+|suggestion:[0-9]+)$")),
                        name="working_copy_of_something",
                    ),
                ],
            },
        ),
    ]
