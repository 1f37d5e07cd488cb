"""Trace a number: from the vectors to one weight, one coordinate, one point."""
