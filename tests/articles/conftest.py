"""What the tests of articles share."""

import pytest

from articles.models import Source


@pytest.fixture
def paper(db):
    return Source.objects.create(
        name_ru="Примерская газета", name_en="Example Gazette", host="example.com", kind="sample"
    )
