"""A real transformer: the class's sentence through six layers of twelve heads."""

from selfattn.course import TRANSFORMER
from selfattn.frame import steps
from selfattn.lessons.transformer import sentences
from selfattn.lessons.transformer.screen import SCREENS

steps.show(
    TRANSFORMER,
    SCREENS,
    read=sentences.read,
    word=sentences.word,
    compute=sentences.chosen,
    examples=sentences.examples,
)
