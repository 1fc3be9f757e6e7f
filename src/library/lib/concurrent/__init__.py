"""Namespace of `concurrent.futures`."""
