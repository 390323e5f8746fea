"""Who may do what: each role tries each page and act. One line says an act and who may."""

from importlib import import_module

import pytest
from django.apps import apps
from django.contrib.auth.models import Group, Permission
from django.db import connection
from django.urls import reverse

from people.models import Organization, PersonName
from tests import world

pytestmark = pytest.mark.django_db

ROLES = ("annotator", "reviewer", "editor", "stranger")

# Pages of the admin: model, page, who may. Looking is for all three.
PAGES = [
    ("people_person", "list", "annotator reviewer editor"),
    ("people_person", "look", "annotator reviewer editor"),
    ("people_person", "history", "annotator reviewer editor"),
    ("people_person", "add", "annotator editor"),
    ("people_person", "change", "editor"),
    ("people_person", "delete", "editor"),
    ("people_person", "merge", "editor"),
    ("people_personname", "list", "annotator reviewer editor"),
    ("people_personname", "add", "annotator editor"),
    ("people_personname", "change", "annotator editor"),
    ("people_personname", "delete", "editor"),
    ("people_organization", "list", "annotator reviewer editor"),
    ("people_organization", "look", "annotator reviewer editor"),
    ("people_organization", "add", "annotator editor"),
    ("people_organization", "change", "editor"),
    ("people_organization", "delete", "editor"),
    ("people_office", "list", "annotator reviewer editor"),
    ("people_office", "look", "annotator reviewer editor"),
    ("people_office", "add", "annotator editor"),
    ("people_office", "change", "editor"),
    ("people_office", "delete", "editor"),
    ("people_tenure", "list", "annotator reviewer editor"),
    ("people_tenure", "add", "annotator editor"),
    ("people_tenure", "change", "editor"),
    ("people_tenure", "delete", "editor"),
    ("people_meeting", "list", "annotator reviewer editor"),
    ("people_meeting", "look", "annotator reviewer editor"),
    ("people_meeting", "add", "annotator editor"),
    ("people_meeting", "change", "annotator editor"),
    ("people_meeting", "delete", "editor"),
    ("auth_user", "list", ""),
    ("auth_user", "add", ""),
    ("auth_group", "list", ""),
    ("auth_group", "add", ""),
]

# What the groups hold besides looking, for acts whose pages belong to others: permission, who has it.
PERMISSIONS = [
    ("quotes.change_suggestion", "annotator"),
    ("quotes.take_assignment", "annotator"),
    ("quotes.give_assignment", "editor"),
    ("people.add_participant", "annotator editor"),
    ("people.change_participant", "annotator editor"),
    ("people.delete_participant", "annotator editor"),
    ("people.merge_person", "editor"),
    ("people.restore_record", "editor"),
    ("articles.add_source", "annotator editor"),
    ("articles.change_source", "editor"),
    ("articles.delete_source", "editor"),
    ("articles.add_article", "annotator"),
    ("articles.change_article", "annotator editor"),
    ("articles.delete_article", ""),
    ("articles.add_snapshot", "annotator"),
    ("articles.change_snapshot", "annotator"),
    ("articles.delete_snapshot", ""),
    ("quotes.add_statement", "annotator"),
    ("quotes.change_statement", "annotator reviewer"),
    ("quotes.delete_statement", "annotator"),
    ("quotes.review_statement", "reviewer"),
    ("quotes.withdraw_statement", "editor"),
    ("quotes.add_quote", "annotator"),
    ("quotes.change_quote", "annotator reviewer"),
    ("quotes.delete_quote", "annotator"),
    ("quotes.add_span", "annotator"),
    ("quotes.change_span", "annotator reviewer"),
    ("quotes.delete_span", "annotator"),
    ("quotes.add_addressee", "annotator"),
    ("quotes.change_addressee", "annotator reviewer"),
    ("quotes.delete_addressee", "annotator"),
    ("quotes.add_topic", "editor"),
    ("quotes.change_topic", "editor"),
    ("quotes.delete_topic", "editor"),
    ("quotes.add_guideline", "editor"),
    ("quotes.change_guideline", "editor"),
    ("quotes.delete_guideline", "editor"),
    ("quotes.change_doubleshare", "editor"),
    ("quotes.make_doubleannotation", "editor"),
    ("quotes.measure_doubleannotation", "reviewer editor"),
    ("quotes.adjudicate_doubleannotation", "reviewer"),
    ("quotes.answer_errorreport", "editor"),
    ("quotes.manage_apikey", "editor"),
]


def migration():
    return import_module("quotes.migrations.0040_api_key_groups")


def somebody(role):
    return world.user(role, role)


def tried(client, model, page):
    """The answer to the page's request that would do the act; only who may not is turned away with 403."""
    record = one_of(model)
    named = lambda view, *args: reverse(f"admin:{model}_{view}", args=args)  # noqa: E731 - a name for this table alone
    match page:
        case "list":
            return client.get(named("changelist"))
        case "look":
            return client.get(named("change", record.pk))
        case "add":
            return client.get(named("add"))
        case "change":
            return client.post(named("change", record.pk), {})
        case "delete":
            return client.post(named("delete", record.pk), {})
        case _:
            return client.get(named(page, record.pk))


def one_of(model):
    """A record of the model; what it needs is made with it."""
    match model:
        case "people_person":
            return world.person()
        case "people_personname":
            return PersonName.objects.create(person=world.person(), text="Дед Иван")
        case "people_organization":
            return Organization.objects.create(name_ru="Совет Заречья")
        case "people_office":
            return world.office()
        case "people_tenure":
            return world.tenure(world.person(), world.office())
        case "people_meeting":
            return world.meeting()
        case _:
            return None


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize(("model", "page", "may"), PAGES, ids=[f"{page}-{model}" for model, page, _may in PAGES])
def test_a_page_opens_to_those_who_may_and_to_nobody_else(client, role, model, page, may):
    client.force_login(somebody(role))
    assert (tried(client, model, page).status_code != 403) == (role in may.split())


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize(("permission", "may"), PERMISSIONS, ids=[permission for permission, _may in PERMISSIONS])
def test_a_permission_is_with_those_who_need_it_and_nobody_else(role, permission, may):
    assert somebody(role).has_perm(permission) == (role in may.split())


@pytest.mark.parametrize("role", ROLES)
def test_everybody_at_work_may_look_at_every_record_of_the_three_apps_and_at_nothing_of_the_users(role):
    every = [model for app in ("people", "articles", "quotes") for model in apps.get_app_config(app).get_models()]
    # What has no permission to look at is machinery: which statements the search index has to look at again.
    models = {model for model in every if "view" in model._meta.default_permissions}
    seen = {
        model for model in models if somebody(role).has_perm(f"{model._meta.app_label}.view_{model._meta.model_name}")
    }
    assert seen == (set() if role == "stranger" else models)
    assert not any(
        permission.startswith(("auth.", "admin.", "sessions.")) for permission in somebody(role).get_all_permissions()
    )


def test_the_table_above_names_every_permission_that_a_group_has():
    pages = {"add", "change", "delete", "merge"}
    named = {permission for permission, _may in PERMISSIONS}
    named |= {f"{model.replace('_', f'.{page}_')}" for model, page, _may in PAGES if page in pages}
    held = Permission.objects.filter(group__isnull=False).exclude(codename__startswith="view_").distinct()
    assert {f"{one.content_type.app_label}.{one.codename}" for one in held} <= named


def test_the_migration_run_twice_gives_the_same_and_can_be_taken_back():
    def held():
        return {group.name: set(group.permissions.values_list("codename", flat=True)) for group in Group.objects.all()}

    before = held()
    Group.objects.get(name="reviewer").permissions.add(Permission.objects.get(codename="delete_person"))
    migration().make_groups(apps, connection.schema_editor())
    assert held() == before
    migration().make_groups_as_before(apps, connection.schema_editor())
    assert before["editor"] - held()["editor"] == {"manage_apikey"}
    migration().groups.delete_groups(apps, connection.schema_editor())
    assert held() == {}
    migration().make_groups(apps, connection.schema_editor())
    assert held() == before


def test_nobody_without_an_account_sees_more_than_the_login_page(client):
    for model in ("person", "office", "tenure", "meeting"):
        answer = client.get(reverse(f"admin:people_{model}_changelist"))
        assert answer.status_code == 302
        assert answer["Location"].startswith(reverse("admin:login"))
