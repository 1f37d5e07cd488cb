"""Lesson 8: where vectors come from."""
