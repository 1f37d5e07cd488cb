"""Lesson 9: several heads, the order of words, the mask, and what stands around attention."""
