from django.apps import apps as installed
from django.contrib.auth.management import create_permissions
from django.db import migrations

# Who may do what, besides looking: everybody here may look at every record of the three apps.
ACTS = {
    "annotator": {
        "people": {
            "person": "add",
            "personname": "add change",
            "organization": "add",
            "office": "add",
            "tenure": "add",
            "meeting": "add change",
            "participant": "add change delete",
        },
        "articles": {"source": "add", "article": "add change", "snapshot": "add change"},
        "quotes": {
            "statement": "add change delete",
            "quote": "add change delete",
            "span": "add change delete",
            "addressee": "add change delete",
        },
    },
    # Settling a difference makes the reviewer an author, and the database then refuses their approval.
    "reviewer": {
        "quotes": {"statement": "change review", "quote": "change", "span": "change", "addressee": "change"},
    },
    "editor": {
        "people": {
            "person": "add change delete merge",
            "personname": "add change delete",
            "organization": "add change delete",
            "office": "add change delete",
            "tenure": "add change delete",
            "meeting": "add change delete",
            "participant": "add change delete",
        },
        "articles": {"source": "add change delete", "article": "change"},
        "quotes": {"topic": "add change delete", "statement": "withdraw"},
    },
}
APPS = ("people", "articles", "quotes")


def make_groups(apps, schema_editor, acts_of=ACTS):
    """The three groups with exactly the acts of the table, whatever they had before."""
    using = schema_editor.connection.alias
    for app in APPS:
        # Django makes permissions only after all migrations; these are needed now.
        create_permissions(installed.get_app_config(app), verbosity=0, using=using, apps=apps)
    permissions = apps.get_model("auth", "Permission").objects.using(using)
    permissions = permissions.select_related("content_type").filter(content_type__app_label__in=APPS)
    for name, acts in acts_of.items():
        group, _made = apps.get_model("auth", "Group").objects.using(using).get_or_create(name=name)
        group.permissions.set([permission for permission in permissions if allows(acts, permission)])


def allows(acts, permission):
    """Whether the table gives this permission."""
    act = permission.codename.split("_")[0]
    allowed = acts.get(permission.content_type.app_label, {}).get(permission.content_type.model, "")
    return act == "view" or act in allowed.split()


def delete_groups(apps, schema_editor):
    apps.get_model("auth", "Group").objects.using(schema_editor.connection.alias).filter(name__in=ACTS).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("quotes", "0007_span_by_words"),
        ("articles", "0003_rules"),
        ("people", "0003_rules"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(make_groups, delete_groups)]
