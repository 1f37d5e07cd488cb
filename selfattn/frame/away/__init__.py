"""What can be taken away from a screen: its pictures, a handout, a worksheet, a notebook."""
