"""XML: trees of elements, and documents of nodes."""
