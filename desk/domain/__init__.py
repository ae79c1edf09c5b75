"""Decisions of the desk as pure functions: values in, values out."""
