"""Lesson 10: a small real transformer."""
