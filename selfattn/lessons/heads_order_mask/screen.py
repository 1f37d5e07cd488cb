"""Several heads, the order of words, the mask, and what stands around attention."""

from selfattn.frame.steps import Screen
from selfattn.lessons.heads_order_mask import around, masked, positions, several

SCREENS = {
    "several": Screen("Several heads", several.show),
    "positions": Screen("The order of words", positions.show, positions.BOXES),
    "masked": Screen("Looking back only", masked.show, masked.BOXES, follows=False),
    "around": Screen("Around attention", around.show, around.BOXES),
}
