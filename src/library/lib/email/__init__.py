"""Mail: only the dates of its headers, which HTTP shares."""
