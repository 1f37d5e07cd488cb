"""Pictures of a notebook, by what the code of a screen has computed; each gives the cells that draw it, or none."""
