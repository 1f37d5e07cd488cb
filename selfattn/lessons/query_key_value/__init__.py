"""Lesson 8: query, key, value, and how they are learned."""
