"""Lesson 9: what a set of vectors knows."""
