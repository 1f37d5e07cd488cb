"""The link: what it holds, what it refuses, and that it brings back what was on the screen."""

import pytest
from streamlit.testing.v1 import AppTest

from selfattn.core.presets import PRESETS, Settings
from selfattn.course import ALL_STEPS, BY_KEY, LESSONS
from selfattn.ui import fields

FREE = (
    "toy", "plane", "first", "second", "list", "hand", "mixed", "plain", "negated", "strange", "frequent", "still",
    "term", "tables", "handmade", "look", "plus", "minus", "odd", "these", "those", "ends", "along", "watch",
    "matrices", "labelled", "ordera", "orderb",
)  # fmt: skip
TEXTS = (*fields.SENTENCES, "word", "left", "right", "guess", "by", *FREE)
SWITCHES = ("scale", "self", "centre", "frequency", "distance", "trained")
FLAGS = (*SWITCHES, "punctuation", "pulls", "projector", "hidden", "every", "skipgram")
WHOLE = {
    "n": (2, 6),
    "row": (0, 511),
    "way": (0, 100),
    "moment": (0, 100),
    "column": (0, 511),
    "dimension": (1, 1000),
    "axes": (2, 3),
    "place": (0, 511),
    "to": (0, 511),
    "shuffle": (0, 9999),
    "size": (2, 300),
    "window": (1, 15),
    "epochs": (1, 500),
    "least": (1, 1000),
    "seed": (0, 2**32 - 1),
}
CHOICES = {
    "preset": ["", *PRESETS],
    "basis": fields.BASES,
    "trace": fields.TRACES,
    "change": fields.CHANGES,
    "of": fields.SENTENCES,
    "text": ["all", "two-banks", "river-and-ledger", "letters", "own"],
    "model": ["word2vec", "fasttext"],
}


def page(visits):
    import streamlit as st

    from selfattn.course import BY_KEY
    from selfattn.ui import fields, state

    results = []
    for lesson, link in visits:
        st.session_state.clear()  # each is the first visit of a session
        st.query_params.from_dict(link)
        state.load(lesson)
        every = {name: state.get(name) for name in fields.FIELDS}
        settings, step = state.settings(), state.step(BY_KEY[lesson])
        results.append(
            {
                "fields": every,
                "ignored": state.ignored(),
                "link": state.link(),
                "settings": settings,
                "step": step,
                "preset": state.preset(),
            }
        )
    st.session_state["results"] = results


def all_opened(*visits):
    """Open links, each a lesson and its parameters, and tell what the page then has."""
    app = AppTest.from_function(page, kwargs={"visits": visits}, default_timeout=60).run()
    assert not app.exception
    return app.session_state["results"]


def opened(lesson="home", /, **link):
    (result,) = all_opened((lesson, link))
    return result


def usual(lesson):
    """What a lesson has without a link: every default, and the switches of its preset."""
    preset = PRESETS[BY_KEY[lesson].preset]
    switches = {name: getattr(preset, setting) for name, setting in fields.SWITCHES.items()}
    return {name: field.default for name, field in fields.FIELDS.items()} | switches


def test_without_a_link_everything_has_its_default_and_the_link_is_empty():
    lessons = [lesson.key for lesson in LESSONS]
    for lesson, result in zip(lessons, all_opened(*((lesson, {}) for lesson in lessons)), strict=True):
        assert result["fields"] == usual(lesson)
        assert result["settings"] == PRESETS[BY_KEY[lesson].preset]
        assert (result["preset"], result["ignored"], result["link"]) == (BY_KEY[lesson].preset, [], {})


def test_home_is_trained_and_the_lessons_that_build_attention_by_hand_are_not():
    presets = {lesson.key: lesson.preset for lesson in LESSONS}
    trained = {lesson for lesson, preset in presets.items() if preset == "trained"}
    assert {"home", "motion"} <= trained
    assert not {"weighted_sum", "self_attention"} & trained
    assert set(presets.values()) == {"trained", "balanced"}


GOOD = [
    *((name, "Fish & chips: <b>?#%", "Fish & chips: <b>?#%") for name in TEXTS),
    ("a", "", ""),
    ("word", "", ""),
    ("a", "two\nlines", "two lines"),
    *((name, str(end), end) for name, ends in WHOLE.items() for end in ends),
    *(("step", step, step) for step in ("", *ALL_STEPS)),
    *(("view", view, view) for view in ("", *fields.VIEWS)),
    *(("shows", picture, picture) for picture in ("", *fields.PICTURES)),
    *((name, one, one) for name, allowed in CHOICES.items() for one in allowed),
    *(("temperature", raw, float(raw)) for raw in ("0.1", "2", "3.7", "10.0")),
    ("temperature", "1.2499", 1.2),
    *((name, raw, raw == "1") for name in FLAGS for raw in "01"),
]
BAD = [
    *((name, str(end + by)) for name, ends in WHOLE.items() for end, by in zip(ends, (-1, 1), strict=True)),
    *((name, raw) for name in WHOLE for raw in ("2.5", "two", "", "1e2", "9" * 5000)),
    *(("temperature", raw) for raw in ("nan", "inf", "-inf", "0", "0.04", "10.1", "-2", "1e999", "hot", "2,0", "")),
    *((name, raw) for name in FLAGS for raw in ("2", "true", "")),
    *((name, raw) for name in (*CHOICES, "step", "view", "shows") for raw in ("Weights", "<script>", "__class__")),
    *((name, "") for name in CHOICES if name != "preset"),
    *((name, raw) for name in ("set", "other") for raw in ("two words", "../up", "<b>", "a" * 81)),
]


def test_a_good_value_is_read():
    """Every field has its reader, a function of what stands in the link and of nothing else."""
    for name, raw, value in GOOD:
        assert fields.FIELDS[name].read(raw) == value, (name, raw)


def test_good_values_are_taken_field_by_field():
    values = {name: (raw, value) for name, raw, value in GOOD if name not in ("preset", *fields.SWITCHES)}
    result = opened(**{name: raw for name, (raw, _) in values.items()})
    assert {name: result["fields"][name] for name in values} == {name: value for name, (_, value) in values.items()}
    assert result["ignored"] == []


def refused(name, raw):
    try:
        fields.FIELDS[name].read(raw)
    except (ValueError, OverflowError):
        return True
    return False


def test_a_bad_value_is_refused():
    assert [(name, raw) for name, raw in BAD if not refused(name, raw)] == []


def test_bad_values_fall_back_and_are_listed():
    """Once each by itself, of every field one, and all of them at once."""
    one_each = dict(BAD)
    every, *alone = all_opened(("home", one_each), *(("home", {name: raw}) for name, raw in one_each.items()))
    assert every["ignored"] == [name for name in fields.FIELDS if name in one_each]
    assert [result["ignored"] for result in alone] == [[name] for name in one_each]
    for result in (every, *alone):
        assert (result["fields"], result["link"]) == (usual("home"), {})


def test_one_bad_value_does_not_spoil_the_others():
    result = opened(a="River bank", temperature="nan", n="9", preset="sharper", pulls="1")
    assert sorted(result["ignored"]) == ["n", "temperature"]
    assert (result["fields"]["a"], result["fields"]["pulls"]) == ("River bank", True)
    assert result["settings"] == PRESETS["sharper"]


def test_a_preset_brings_its_switches_and_is_alone_in_the_link():
    """It stays named even where it is the usual one: the next lesson may have another."""
    visits = [(lesson, preset) for lesson in ("home", "self_attention") for preset in PRESETS]
    results = all_opened(*((lesson, {"preset": preset}) for lesson, preset in visits))
    for (lesson, preset), result in zip(visits, results, strict=True):
        assert (result["settings"], result["preset"]) == (PRESETS[preset], preset)
        assert result["link"] == {"preset": preset}, lesson


@pytest.mark.parametrize(
    ("lesson", "link", "preset"),
    [
        ("home", {"preset": "sharper", "temperature": "3.0"}, "own"),
        ("home", {"preset": "own"}, "balanced"),
        ("home", {"preset": "own", "temperature": "1.0"}, "scaled"),
        ("home", {"self": "1"}, "own"),
        ("home", {"preset": "own", "self": "0", "temperature": "1.0", "distance": "1", "trained": "1"}, "trained"),
        ("self_attention", {"preset": "own"}, "balanced"),
        ("self_attention", {"self": "0", "centre": "1", "frequency": "1", "distance": "1"}, "sharper"),
    ],
)
def test_the_preset_is_the_one_that_the_switches_make(lesson, link, preset):
    result = opened(lesson, **link)
    assert result["preset"] == preset
    assert result["fields"]["preset"] == ("" if preset == BY_KEY[lesson].preset else preset)
    assert opened(lesson, **result["link"])["settings"] == result["settings"]


OTHER = {
    **dict.fromkeys(TEXTS, "Other words"),
    "n": "4", "row": "7", "step": "sum", "preset": "lesson", "punctuation": "1", "pulls": "1", "basis": "words",
    "projector": "1", "view": "trace", "hidden": "1", "way": "0", "trace": "point", "column": "3", "dimension": "50",
    "change": "move", "of": "f", "place": "0", "to": "511", "shuffle": "1", "every": "1",
    "set": "glove-twitter-25", "other": "mine-2", "axes": "3", "shows": "hubs",
    "text": "letters", "model": "fasttext", "skipgram": "1", "size": "2", "window": "1", "epochs": "500", "least": "1",
    "seed": "4294967295", "moment": "10", "added": "0.3", "opened": "2.12", "find": "before", "specials": "0",
    "drawn": "arcs", "head": "4", "muted": "1,3", "upto": "3",
}  # fmt: skip


def test_the_link_has_only_what_differs():
    links = [{name: raw} for name, raw in OTHER.items()]
    assert [result["link"] for result in all_opened(*(("self_attention", link) for link in links))] == links


def test_every_field_at_once_comes_back():
    result = opened("self_attention", **OTHER)
    assert result["link"] == OTHER
    assert opened("self_attention", **result["link"]) == result


def test_the_link_names_every_field():
    assert set(OTHER) | set(fields.SWITCHES) == set(fields.FIELDS)


FIRST_VERSION = (*fields.SENTENCES, "word", "n", "row", "step", "preset", *fields.SWITCHES, "punctuation", "pulls",
                 "basis", "left", "right")  # fmt: skip


def test_names_of_the_first_version_stay_and_mean_the_same():
    link = {
        "a": "River bank", "n": "3", "row": "1", "step": "scaled", "preset": "own", "temperature": "0.5", "self": "0",
        "punctuation": "1", "pulls": "1", "basis": "words", "left": "bank: money", "right": "bank: water",
    }  # fmt: skip
    assert set(FIRST_VERSION) <= set(fields.FIELDS)
    result = opened("self_attention", **link)
    assert result["ignored"] == []
    assert result["settings"] == Settings(temperature=0.5, attend_self=False)
    assert result["link"] == link


def test_a_step_is_in_the_link_of_its_own_lesson_unless_it_is_the_start():
    visits = [(lesson, key) for lesson in LESSONS for key in ALL_STEPS]
    results = all_opened(*((lesson.key, {"step": key}) for lesson, key in visits))
    for (lesson, key), result in zip(visits, results, strict=True):
        own = bool(lesson.step(key)) and key != lesson.start
        assert result["link"] == ({"step": key} if own else {}), (lesson.key, key)
        assert result["step"] == (key if lesson.step(key) else lesson.start), (lesson.key, key)


def test_an_emptied_sentence_stays_empty():
    result = opened(a="", c="")
    assert result["link"] == {"a": ""}
    assert opened(**result["link"])["fields"]["a"] == ""


def every_setting():
    from dataclasses import asdict
    from itertools import product

    import streamlit as st

    from selfattn.core.presets import Settings, preset_of
    from selfattn.ui import fields, state

    wrong, seen = [], set()
    for lesson, *switches, temperature in product(
        ("home", "self_attention"), *[[True, False]] * 6, [0.1, 0.7, 1.0, 2.0, 10.0]
    ):
        scale, attend_self, centre, frequency, distance, trained = switches
        wanted = Settings(scale, temperature, attend_self, centre, frequency, distance, trained)
        state.load(lesson)
        state.put(**{key: asdict(wanted)[name] for key, name in fields.SWITCHES.items()})
        state.follow_switches()
        state.save()
        preset = preset_of(wanted) or "own"
        state.put(**{name: field.default for name, field in fields.FIELDS.items()})
        state.load("why")  # another page reads the link anew, and so does the way back
        state.load(lesson)
        if (state.settings(), state.preset(), state.ignored()) != (wanted, preset, []):
            wrong.append((lesson, wanted, st.query_params.to_dict()))
        seen.add((lesson, *st.query_params.to_dict().items()))
    st.session_state["result"] = (wrong, len(seen))


def test_all_settings_come_back_from_their_link_and_no_two_share_one():
    app = AppTest.from_function(every_setting, default_timeout=60).run()
    assert not app.exception
    wrong, links = app.session_state["result"]
    assert wrong == []
    assert links == 2 * 2**6 * 5


def saving():
    import streamlit as st

    from selfattn.ui import state

    state.load("home")
    state.put(a=st.session_state.get("typed", state.get("a")))
    state.save()


def test_saving_keeps_parameters_of_others_and_removes_defaults():
    app = AppTest.from_function(saving)
    app.query_params.update({"utm_source": "mail", "b": "River bank flows", "n": "9", "a": "Old"})
    app.session_state["typed"] = "New & other"
    app.run()
    assert not app.exception
    assert dict(app.query_params) == {"utm_source": "mail", "a": "New & other"}


def choosing():
    import streamlit as st

    from selfattn.ui import fields, state

    state.load("home")
    said = []
    for preset in (*state.PRESETS, fields.OWN):
        state.choose_preset(preset)
        said.append((preset, state.settings(), state.get("preset")))
    st.session_state["result"] = said


def test_choosing_a_preset_sets_the_switches_and_own_leaves_them():
    """What is usual on a page is not named, so that it goes along to no other lesson."""
    app = AppTest.from_function(choosing).run()
    assert not app.exception
    last = list(PRESETS.values())[-1]
    assert app.session_state["result"] == [
        *((name, settings, "" if name == "trained" else name) for name, settings in PRESETS.items()),
        ("own", last, "own"),
    ]
