# What mocks say, and mocks in places where Python looks for methods of a class.
import asyncio
from unittest.mock import AsyncMock, MagicMock, Mock, call


async def main():
    stream = MagicMock()
    stream.__aiter__.return_value = [1, 2]
    print([item async for item in stream])
    stream.__aenter__.return_value = 8
    async with stream as value:
        print(value)
    answer = AsyncMock(side_effect=[1, KeyError("k")])
    print(await answer(5), answer.await_args)


asyncio.run(main())
mock = Mock()
mock.a(1)
for check in (
    lambda: mock.assert_has_calls([call.a(2)]),
    lambda: mock.a.assert_called_with(2),
    lambda: mock.b.assert_called_with(2),
):
    try:
        check()
    except AssertionError as e:
        print(e)
