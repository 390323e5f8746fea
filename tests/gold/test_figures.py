import pytest

from tests.gold.measure import fallen, figures, recorded, split


@pytest.mark.slow  # It reads all development texts in a process of its own, as anybody would: some seconds.
@pytest.mark.parametrize("language", ["ru", "en"])
def test_the_engine_finds_no_less_than_it_did(shared_dir, language):
    assert fallen(figures("development", language), recorded()["development"][language]) == []


def test_a_figure_that_fell_is_named_with_what_it_was():
    found = {"all found": {"f1": 0.91}, "all exact": {"f1": 0.85}}
    assert fallen(found, {"all found": 0.92, "all exact": 0.85}) == ["all found: 0.910, recorded 0.920"]


def test_no_text_is_developed_on_and_sealed_at_once():
    parts = split()
    for language in ("ru", "en"):
        assert not set(parts["development"][language]) & set(parts["sealed"][language])
