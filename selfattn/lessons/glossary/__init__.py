"""The terms, looked up."""
