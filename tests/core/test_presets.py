"""The presets are what the lesson says they are, and nothing else."""

from dataclasses import FrozenInstanceError, astuple, replace

import pytest

from selfattn.core.presets import DEFAULT_PRESET, PRESET_NOTES, PRESET_TITLES, PRESETS, TRAINED, Settings, preset_of


@pytest.mark.parametrize(
    ("name", "settings"),
    [  # scale, temperature, attend_self, centre, frequency, distance, trained
        ("lesson", (False, 1.0, True, False, False, False, False)),
        ("scaled", (True, 1.0, True, False, False, False, False)),
        ("balanced", (True, 2.0, True, False, False, False, False)),
        ("sharper", (True, 2.0, False, True, True, True, False)),
        ("trained", (True, 1.0, False, False, False, True, True)),
    ],
)
def test_a_preset_is_its_documented_settings(name, settings):
    assert astuple(PRESETS[name]) == settings


def test_presets_are_in_teaching_order_and_balanced_is_the_default():
    assert list(PRESETS) == ["lesson", "scaled", "balanced", "sharper", "trained"]
    assert (DEFAULT_PRESET, TRAINED) == ("balanced", "trained")
    assert Settings() == PRESETS[DEFAULT_PRESET]


@pytest.mark.parametrize("texts", [PRESET_TITLES, PRESET_NOTES], ids=["titles", "notes"])
def test_every_preset_has_its_own_words(texts):
    assert list(texts) == list(PRESETS)
    assert len({text.strip() for text in texts.values()} - {""}) == len(PRESETS)


@pytest.mark.parametrize("name", PRESETS)
def test_a_preset_is_recognised_by_its_settings(name):
    assert preset_of(replace(PRESETS[name])) == name


def test_settings_of_ones_own_have_no_name():
    assert preset_of(replace(PRESETS["balanced"], temperature=2.1)) is None


def test_nobody_can_change_a_preset_for_the_others():
    with pytest.raises(FrozenInstanceError):
        PRESETS["lesson"].temperature = 3.0
    with pytest.raises(TypeError):
        PRESETS["lesson"] = Settings()
