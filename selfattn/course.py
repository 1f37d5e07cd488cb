"""The lessons in the order in which a class meets them, and the screens of each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise


@dataclass(frozen=True, slots=True)
class Step:
    """One screen of a lesson: its key (in the link, unique among all lessons), its name, and whether it asks first."""

    key: str
    title: str
    asks: bool = False


@dataclass(frozen=True, slots=True)
class Lesson:
    """One page.

    Attributes
    ----------
    key : str
    title : str
        Its name in the menu.
    page : str
        Its file.
    icon : str
        A Material symbol.
    steps : tuple of Step
        Its screens, in order; empty where it has but one.
    start : str
        The key of the step that a link without a step opens.
    terms : tuple of str
        Keys of the glossary's entries that belong to it.
    """

    key: str
    title: str
    page: str
    icon: str
    steps: tuple[Step, ...] = ()
    start: str = ""
    terms: tuple[str, ...] = ()

    @property
    def path(self) -> str:
        """Give the path of its address: the file's name without number, and nothing for the home page."""
        name = self.page.removeprefix("pages/").removesuffix(".py")
        return "/" if name == "app" else "/" + name.partition("_")[2]

    def step(self, key: str) -> Step | None:
        """Find a step; None where the lesson has no such step."""
        return next((step for step in self.steps if step.key == key), None)


HOME = Lesson(
    "home",
    "Two meanings",
    "app.py",
    ":material/compare_arrows:",
    terms=("attention", "weight", "embedding", "contextual"),
)
WHY = Lesson(
    "why",
    "Why self-attention",
    "pages/1_Why_self_attention.py",
    ":material/lightbulb_circle:",
    terms=("generative", "transformer", "self-attention", "weight"),
)
ONE_VECTOR = Lesson(
    "one_vector",
    "One word, one vector",
    "pages/2_One_word_one_vector.py",
    ":material/looks_one:",
    (
        Step("toy", "Four numbers"),
        Step("real", "All its numbers"),
        Step("neighbours", "Neighbours"),
        Step("wanted", "What is wanted", asks=True),
    ),
    "toy",
    ("vector", "dimension", "embedding", "static", "word2vec", "glove", "neighbours", "contextual"),
)
DOT_PRODUCT = Lesson(
    "dot_product",
    "The dot product",
    "pages/3_Dot_product.py",
    ":material/architecture:",
    (
        Step("plane", "Three vectors"),
        Step("words", "Two words"),
        Step("cosine", "Dot product and cosine"),
        Step("table", "A list of words"),
    ),
    "plane",
    ("dot product", "scalar", "norm", "cosine", "angle"),
)
WEIGHTED_SUM = Lesson(
    "weighted_sum",
    "A sum of neighbours",
    "pages/4_Weighted_sum.py",
    ":material/balance:",
    (
        Step("hand", "By hand"),
        Step("every", "Every word"),
        Step("where", "Where from?", asks=True),
    ),
    "hand",
    ("weighted sum", "weight", "value", "contextual"),
)
SELF_ATTENTION = Lesson(
    "self_attention",
    "Self-attention",
    "pages/5_Self_attention.py",
    ":material/grid_on:",
    (
        Step("vectors", "Vectors"),
        Step("scores", "Dot products"),
        Step("scaled", "Scaled"),
        Step("weights", "Weights", asks=True),
        Step("sum", "Weighted sum"),
        Step("contextual", "Contextual"),
        Step("summary", "In three steps"),
    ),
    "weights",
    (
        "query",
        "key",
        "value",
        "score",
        "scaling",
        "temperature",
        "logit",
        "softmax",
        "weight",
        "weighted sum",
        "contextual",
    ),
)
MOTION = Lesson(
    "motion",
    "Meaning in motion",
    "pages/6_Meaning_in_motion.py",
    ":material/moving:",
    terms=("pca", "explained variance", "axis", "pole", "pull", "meaning meter", "centring"),
)
LIMITS = Lesson(
    "limits",
    "What it cannot do",
    "pages/7_What_it_cannot_do.py",
    ":material/block:",
    (
        Step("order", "Word order", asks=True),
        Step("mixed", "Mixed cues", asks=True),
        Step("negation", "Negation", asks=True),
        Step("unknown", "Unknown words"),
        Step("frequent", "Frequent words", asks=True),
        Step("still", "No movement", asks=True),
        Step("beyond", "The full transformer"),
    ),
    "order",
    ("position", "vocabulary", "token", "head", "layer", "projection", "mask", "transformer"),
)
VECTORS = Lesson(
    "vectors",
    "Word vectors",
    "pages/8_Word_vectors.py",
    ":material/database:",
    (Step("choose", "Choose"), Step("upload", "Upload"), Step("train", "Train"), Step("byhand", "By hand")),
    "choose",
    ("embedding", "word2vec", "glove", "fasttext", "skip-gram", "cbow", "window", "epoch", "vocabulary"),
)
EXPLORE = Lesson(
    "explore",
    "Explore the vectors",
    "pages/9_Explore.py",
    ":material/travel_explore:",
    (
        Step("oneword", "A word"),
        Step("analogy", "Analogies"),
        Step("lists", "Lists"),
        Step("line", "A line"),
        Step("map", "A map"),
        Step("compare", "Two sets"),
        Step("often", "Frequent words"),
    ),
    "oneword",
    ("embedding", "vocabulary", "neighbours", "cosine", "analogy", "norm"),
)
GLOSSARY = Lesson("glossary", "Glossary", "pages/10_Glossary.py", ":material/menu_book:")
LESSONS = (
    HOME, WHY, ONE_VECTOR, DOT_PRODUCT, WEIGHTED_SUM, SELF_ATTENTION, MOTION, LIMITS, VECTORS, EXPLORE, GLOSSARY,
)  # fmt: skip
BY_KEY = {lesson.key: lesson for lesson in LESSONS}
ALL_STEPS = tuple(step.key for lesson in LESSONS for step in lesson.steps)


@dataclass(frozen=True, slots=True)
class Place:
    """Where one is: a lesson, and one of its steps where it has any."""

    lesson: Lesson
    step: Step | None = None


def places() -> Iterator[Place]:
    """Walk through every screen of every lesson."""
    for lesson in LESSONS:
        yield from (Place(lesson, step) for step in lesson.steps or (None,))


PLACES = tuple(places())
NEXT = {(here.lesson.key, here.step and here.step.key): there for here, there in pairwise(PLACES)}
PREVIOUS = {(there.lesson.key, there.step and there.step.key): here for here, there in pairwise(PLACES)}


def after(lesson: Lesson, step: str) -> Place | None:
    """Give the screen that follows; None at the end."""
    return NEXT.get((lesson.key, step or None))


def before(lesson: Lesson, step: str) -> Place | None:
    """Give the screen that comes before; None at the start."""
    return PREVIOUS.get((lesson.key, step or None))
