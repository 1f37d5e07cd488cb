"""Lesson 1: why self-attention."""
