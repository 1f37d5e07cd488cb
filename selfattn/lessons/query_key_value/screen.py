"""Three parts to play, a training that the class watches, what it learned, how far it carries, and one of one's own."""

from selfattn.frame.steps import Screen
from selfattn.lessons.query_key_value import general, learned, own, parts, train

SCREENS = {
    "parts": Screen("Three parts to play", parts.show),
    "learn": Screen("Trained in front of you", train.show),
    "learned": Screen("What was learned", learned.show),
    "general": Screen("Does it generalise?", general.show),
    "own": Screen("Your own sentences", own.show),
}


def arrive() -> None:
    """Take what trainings have brought, before the page is drawn."""
    train.arrive()
    own.arrive()
