"""Numbers as they are shown: never as nothing, and never as all, unless they are."""

import pytest

from selfattn.core.rounding import percent


@pytest.mark.parametrize(
    ("share", "written"),
    [
        (0.0, "0 %"),
        (1e-9, "less than 1 %"),
        (0.0049, "less than 1 %"),
        (0.0051, "1 %"),
        (0.994, "99 %"),
        (0.995, "more than 99 %"),
        (1 - 1e-9, "more than 99 %"),
        (1.0, "100 %"),
    ],
)
def test_a_share_reads_as_nothing_or_as_all_only_where_it_is(share, written):
    assert percent(share) == written
