"""The command `celery`."""

from celery.worker import main

main()
