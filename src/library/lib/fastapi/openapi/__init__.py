"""What an application says of itself: the OpenAPI document, and the pages that show it."""
