"""Streams of objects between tasks."""
