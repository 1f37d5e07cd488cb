"""Lesson 7: what self-attention of this kind cannot do."""
