"""Web applications that are functions of an environment (PEP 3333), and a server for them."""
