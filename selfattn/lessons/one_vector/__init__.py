"""Lesson 2: one word, one vector."""
