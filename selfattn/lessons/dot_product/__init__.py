"""Lesson 3: how similar two words are."""
