"""The code of a screen where there is NumPy alone: it is run, what stays is decided, values and lines are written."""
