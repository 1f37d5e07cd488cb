"""Lesson 11: where vectors come from."""
