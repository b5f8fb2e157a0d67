"""How often a client may ask."""

import asyncio

import pytest

from services.search.throttle import RateLimit, Throttle


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


async def answer(scope, receive, send):
    await send({"type": "http.response.start", "status": 200, "headers": []})


def ask(throttle, *, client="10.0.0.1", forwarded=None, path="/api/search"):
    sent = []

    async def send(message):
        sent.append(message)

    headers = [(b"x-forwarded-for", forwarded.encode())] if forwarded else []
    scope = {"type": "http", "path": path, "client": (client, 1), "headers": headers}
    asyncio.run(throttle(scope, None, send))
    return sent[0]["status"]


def test_tokens_come_back_with_time_and_never_more_than_fit():
    clock = Clock()
    throttle = Throttle(answer, RateLimit(per_second=2, at_once=3), clock=clock)

    assert [ask(throttle) for _ in range(4)] == [200, 200, 200, 429]
    clock.now += 0.5
    assert [ask(throttle) for _ in range(2)] == [200, 429]
    clock.now += 3600
    assert [ask(throttle) for _ in range(4)] == [200, 200, 200, 429]


def test_one_client_does_not_use_up_what_another_may_ask():
    throttle = Throttle(answer, RateLimit(per_second=1, at_once=1), clock=Clock())

    assert [ask(throttle, client=client) for client in ("a", "a", "b")] == [200, 429, 200]


@pytest.mark.parametrize(("behind_proxy", "second"), [(False, 429), (True, 200)])
def test_a_proxy_is_believed_only_where_there_is_one(behind_proxy, second):
    throttle = Throttle(answer, RateLimit(per_second=1, at_once=1, behind_proxy=behind_proxy), clock=Clock())

    assert ask(throttle, forwarded="1.1.1.1") == 200
    assert ask(throttle, forwarded="1.1.1.1, 2.2.2.2") == second


def test_styles_cost_nothing():
    throttle = Throttle(answer, RateLimit(per_second=1, at_once=1), clock=Clock())

    assert [ask(throttle, path="/static/page.css") for _ in range(5)] == [200] * 5
