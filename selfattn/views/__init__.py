"""Looking closer, in the place of a picture: trace a number, what if, the code, predict first."""
