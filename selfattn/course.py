"""The lessons in the order in which a class meets them, and the screens of each."""

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
    opens : str
        The key of the step that a link without a step opens; the first one if not given.
    terms : tuple of str
        Keys of the glossary's entries that belong to it.
    preset : str
        How the weights are computed unless the link says otherwise.
    """

    key: str
    title: str
    page: str
    icon: str
    steps: tuple[Step, ...] = ()
    opens: str = ""
    terms: tuple[str, ...] = ()
    preset: str = "balanced"

    @property
    def start(self) -> str:
        """Give the key of the step that a link without a step opens; nothing where there are none."""
        return self.opens or next((step.key for step in self.steps), "")

    @property
    def path(self) -> str:
        """Give the path of its address: the file's name without number, and nothing for the home page."""
        name = self.page.removeprefix("pages/").removesuffix(".py")
        return "/" if name == "app" else "/" + name.partition("_")[2]

    def step(self, key: str) -> Step | None:
        """Find a step; None where the lesson has no such step."""
        return next((step for step in self.steps if step.key == key), None)


# fmt: off
HOME = Lesson(
    key="home", title="Two meanings", page="app.py", icon=":material/compare_arrows:",
    terms=("attention", "weight", "value", "embedding", "contextual", "lean", "trained"),
    preset="trained",
)
WHY = Lesson(
    key="why", title="Why self-attention", page="pages/1_Why_self_attention.py", icon=":material/lightbulb_circle:",
    terms=("generative", "transformer", "self-attention", "weight"),
    preset="trained",
)
ONE_VECTOR = Lesson(
    key="one_vector", title="One word, one vector", page="pages/2_One_word_one_vector.py", icon=":material/looks_one:",
    steps=(
        Step("toy", "Four numbers"), Step("real", "All its numbers"), Step("neighbours", "Neighbours"),
        Step("wanted", "What is wanted"),
    ),
    terms=("vector", "dimension", "embedding", "static", "word2vec", "glove", "neighbours", "contextual", "lean"),
    preset="trained",
)
DOT_PRODUCT = Lesson(
    key="dot_product", title="The dot product", page="pages/3_Dot_product.py", icon=":material/architecture:",
    steps=(
        Step("plane", "Three vectors"), Step("words", "Two words"), Step("cosine", "Dot product and cosine"),
        Step("table", "A list of words"),
    ),
    terms=("dot product", "scalar", "norm", "cosine", "angle"),
)
WEIGHTED_SUM = Lesson(
    key="weighted_sum", title="A sum of neighbours", page="pages/4_Weighted_sum.py", icon=":material/balance:",
    steps=(Step("hand", "By hand"), Step("every", "Every word"), Step("where", "Where from?", asks=True)),
    terms=("weighted sum", "weight", "value", "contextual", "lean"),
)
SELF_ATTENTION = Lesson(
    key="self_attention", title="Self-attention", page="pages/5_Self_attention.py", icon=":material/grid_on:",
    steps=(
        Step("vectors", "Vectors"), Step("scores", "Dot products"), Step("scaled", "Scaled"),
        Step("weights", "Weights", asks=True), Step("sum", "Weighted sum"), Step("contextual", "Contextual"),
        Step("summary", "In three steps"),
    ),
    opens="weights",  # links of the first version open there
    terms=(
        "query", "key", "value", "score", "scaling", "temperature", "logit", "softmax", "weight", "weighted sum",
        "contextual",
    ),
)
MOTION = Lesson(
    key="motion", title="Meaning in motion", page="pages/6_Meaning_in_motion.py", icon=":material/moving:",
    terms=("pca", "explained variance", "axis", "pole", "pull", "lean", "centring"),
    preset="trained",
)
LIMITS = Lesson(
    key="limits", title="What it cannot do", page="pages/7_What_it_cannot_do.py", icon=":material/block:",
    steps=(
        Step("order", "Word order", asks=True), Step("mixed", "Mixed cues", asks=True),
        Step("negation", "Negation", asks=True), Step("unknown", "Unknown words"),
        Step("frequent", "Frequent words", asks=True), Step("still", "No movement", asks=True),
        Step("beyond", "The full transformer"),
    ),
    terms=("position", "vocabulary", "token", "head", "layer", "projection", "mask", "transformer"),
)
QUERY_KEY_VALUE = Lesson(
    key="query_key_value", title="Query, key, value", page="pages/8_Query_key_value.py", icon=":material/key:",
    steps=(
        Step("parts", "Three parts", asks=True), Step("learn", "Train", asks=True),
        Step("learned", "What was learned", asks=True), Step("general", "Does it generalise?", asks=True),
        Step("own", "Your own sentences"),
    ),
    terms=("query", "key", "value", "projection", "weight", "loss", "epoch"),
    preset="trained",
)
HEADS = Lesson(
    key="heads", title="Heads, order, mask", page="pages/9_Heads_order_mask.py", icon=":material/layers:",
    steps=(
        Step("several", "Several heads", asks=True), Step("positions", "Order", asks=True),
        Step("masked", "Mask", asks=True), Step("around", "Around it"),
    ),
    terms=("head", "multi-head", "position", "mask", "causal mask", "residual", "layer norm", "layer"),
    preset="trained",
)
TRANSFORMER = Lesson(
    key="transformer", title="A real transformer", page="pages/10_A_real_transformer.py", icon=":material/hub:",
    steps=(
        Step("same", "The same sentence", asks=True), Step("layers", "Layer by layer", asks=True),
        Step("beside", "Side by side", asks=True), Step("number", "A number opened"),
    ),
    terms=(
        "transformer", "layer", "head", "word piece", "special token", "tokenizer", "hidden state", "projection",
        "parameter",
    ),
)
VECTORS = Lesson(
    key="vectors", title="Word vectors", page="pages/11_Word_vectors.py", icon=":material/database:",
    steps=(Step("choose", "Choose"), Step("upload", "Upload"), Step("train", "Train"), Step("byhand", "By hand")),
    terms=("embedding", "word2vec", "glove", "fasttext", "skip-gram", "cbow", "window", "epoch", "vocabulary"),
)
EXPLORE = Lesson(
    key="explore", title="Explore the vectors", page="pages/12_Explore.py", icon=":material/travel_explore:",
    steps=(
        Step("oneword", "A word"), Step("analogy", "Analogies"), Step("lists", "Lists"), Step("line", "A line"),
        Step("map", "A map"), Step("compare", "Two sets"), Step("often", "Frequent words"),
    ),
    terms=("embedding", "vocabulary", "neighbours", "cosine", "analogy", "norm"),
)
GLOSSARY = Lesson(key="glossary", title="Glossary", page="pages/13_Glossary.py", icon=":material/menu_book:")
LESSONS = (
    HOME, WHY, ONE_VECTOR, DOT_PRODUCT, WEIGHTED_SUM, SELF_ATTENTION, MOTION, LIMITS, QUERY_KEY_VALUE, HEADS,
    TRANSFORMER, VECTORS, EXPLORE, GLOSSARY,
)
# fmt: on
BY_KEY = {lesson.key: lesson for lesson in LESSONS}
ALL_STEPS = tuple(step.key for lesson in LESSONS for step in lesson.steps)


@dataclass(frozen=True, slots=True)
class Place:
    """Where one is: a lesson, and one of its steps where it has any."""

    lesson: Lesson
    step: Step | None = None

    @property
    def key(self) -> tuple[str, str]:
        """Give the keys of the lesson and of the step."""
        return self.lesson.key, self.step.key if self.step else ""


PLACES = tuple(Place(lesson, step) for lesson in LESSONS for step in lesson.steps or (None,))  # every screen, in order
NEXT = {here.key: there for here, there in pairwise(PLACES)}
PREVIOUS = {there.key: here for here, there in pairwise(PLACES)}


def after(lesson: Lesson, step: str) -> Place | None:
    """Give the screen that follows; None at the end."""
    return NEXT.get((lesson.key, step))


def before(lesson: Lesson, step: str) -> Place | None:
    """Give the screen that comes before; None at the start."""
    return PREVIOUS.get((lesson.key, step))
