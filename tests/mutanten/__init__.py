"""Sabotaged copies of the house, to see whether the tests notice: run by hand, never part of the suite."""
