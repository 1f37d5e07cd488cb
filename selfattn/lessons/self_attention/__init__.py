"""Lesson 5: self-attention, step by step."""
