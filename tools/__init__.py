"""Scripts that a maintainer runs."""
