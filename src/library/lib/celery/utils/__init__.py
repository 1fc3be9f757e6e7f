"""What programs take from `celery.utils`."""

import uuid as _uuid


def uuid():
    return str(_uuid.uuid4())


gen_unique_id = uuid
