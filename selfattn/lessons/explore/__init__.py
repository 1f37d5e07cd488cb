"""Lesson 12: what a set of vectors knows."""
