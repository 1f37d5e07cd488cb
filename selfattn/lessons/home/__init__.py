"""Two sentences, one word, and the two meanings that it takes."""
