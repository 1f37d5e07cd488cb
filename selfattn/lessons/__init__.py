"""One folder a lesson: its screen, prose, figures, code and arithmetic."""
