"""The page around a lesson: title, tools, links, and the way to the next screen."""
