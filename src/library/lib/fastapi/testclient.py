"""The client for tests."""

from starlette.testclient import TestClient
