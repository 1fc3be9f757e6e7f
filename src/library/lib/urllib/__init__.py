"""Namespace of `urllib.parse`."""
