"""What if a word were left out, swapped, repeated or moved."""
