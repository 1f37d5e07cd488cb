"""Query, key, value: three matrices make three vectors of one, and they are learned in front of the class."""

from selfattn.course import QUERY_KEY_VALUE
from selfattn.frame import steps
from selfattn.lessons.query_key_value import screen

steps.show(QUERY_KEY_VALUE, screen.SCREENS, arrive=screen.arrive)
