"""A small real transformer."""

from selfattn.frame.steps import Screen
from selfattn.lessons.transformer import beside, layers, number, same
from selfattn.lessons.transformer.opened import choices, token_choices
from selfattn.lessons.transformer.sentences import ONE_BOX, needs_word, several_boxes
from selfattn.ui import boxes

SCREENS = {
    "same": Screen("The same sentence", needs_word(same.show), boxes=ONE_BOX, typed_choices=choices),
    "layers": Screen("Layer by layer", needs_word(layers.show), boxes=several_boxes, choices=boxes.count),
    "beside": Screen("Side by side", beside.show),
    "number": Screen("A number opened", needs_word(number.show), boxes=ONE_BOX, typed_choices=token_choices),
}
