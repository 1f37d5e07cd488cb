"""The few lines of NumPy that compute what a screen shows, as text: a test runs each and compares it with the screen.

What the user typed goes in as a Python literal (``repr``), never as code. One module a lesson.
"""

from selfattn.snippets.attention import START, attention, of_word, two_sentences

__all__ = ["START", "attention", "of_word", "two_sentences"]
