"""Cambrian's figures beside published ones, measured by the program itself."""
