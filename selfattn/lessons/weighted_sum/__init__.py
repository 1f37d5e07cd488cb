"""Lesson 4: a sum of neighbours."""
