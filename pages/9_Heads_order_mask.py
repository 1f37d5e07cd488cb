"""Heads, order, mask: what stands around one head in the transformer, on the class's own sentences."""

from selfattn.course import HEADS
from selfattn.frame import steps
from selfattn.lessons.heads_order_mask.screen import SCREENS

steps.show(HEADS, SCREENS)
