"""The interface to subscriptions; whoever holds the write key may keep them."""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from pydantic import Field

from services.search.api import PROBLEMS, ArchiveHere
from services.search.problems import Problem, Refused
from services.search.questions.parameters import Question
from services.search.saved_searches.outward import NotAllowed, NotTaken, Outward
from services.search.saved_searches.subscriptions import MOST, KeptSubscription, Subscription, Subscriptions
from services.search.uploads.upload_access import UploadingHere
from shared.contracts.records import Model
from shared.contracts.search import SearchRequest


class SubscriptionParameters(Question):
    """A saved search, and the address that its new answers are posted to."""

    url: str = Field(max_length=2000, examples=["https://example.org/hook"])


class SubscriptionList(Model):
    """All subscriptions, without their secrets."""

    subscriptions: tuple[Subscription, ...]


_REFUSED: dict[int | str, dict[str, object]] = {
    403: {"model": Problem, "description": "The write key is needed"},
    409: {"model": Problem, "description": "There are as many as there may be"},
}
router = APIRouter(responses={**PROBLEMS, **_REFUSED}, tags=["search"])


@router.post("/api/subscriptions", status_code=201)
def subscribe(
    request: Request,
    archive: ArchiveHere,
    uploading: UploadingHere,
    parameters: Annotated[SubscriptionParameters, Query()],
) -> KeptSubscription:
    """
    Post new answers of a search to an address from now on. Needs the write key.

    What is posted is JSON of up to 100 hits, signed in ``X-Jixiao-Signature: t=TIME,v1=DIGEST``, where DIGEST
    is the HMAC-SHA256 of ``TIME.BODY`` under the ``secret`` that only this answer tells. It may come twice.
    """
    uploading.access.check(request)
    asked = SearchRequest(query=parameters.q, filters=parameters.filters(), facets=(), size=0)
    archive.index.search(asked)  # a question that cannot be understood is refused now
    book = Subscriptions(archive.store)
    if sum(1 for _ in book.all()) >= MOST:
        raise Refused(409, _TOO_MANY)
    outward: Outward = request.app.state.outward
    try:
        outward.check(parameters.url)
    except (NotAllowed, NotTaken) as error:
        raise Refused(400, _NOT_CALLED) from error
    return book.add(parameters.url, asked, site=str(request.base_url).rstrip("/"))


@router.get("/api/subscriptions")
def list_subscriptions(request: Request, archive: ArchiveHere, uploading: UploadingHere) -> SubscriptionList:
    """List what is posted where. Needs the write key."""
    uploading.access.check(request)
    kept = Subscriptions(archive.store).all()
    return SubscriptionList(
        subscriptions=tuple(
            Subscription.model_validate(one.model_dump(exclude={"secret", "told"})) for one in kept
        )
    )


@router.delete("/api/subscriptions/{subscription_id}", status_code=204)
def unsubscribe(
    request: Request, archive: ArchiveHere, uploading: UploadingHere, subscription_id: str
) -> Response:
    """End a subscription. Needs the write key."""
    uploading.access.check(request)
    try:
        Subscriptions(archive.store).delete(subscription_id)
    except KeyError as error:
        raise Refused(404, _UNKNOWN) from error
    return Response(status_code=204)


_TOO_MANY = Problem(
    code="too_many_subscriptions",
    message_zh=f"最多 {MOST} 个订阅，请先删除不用的。",
    message_en=f"There are {MOST} subscriptions already: delete one first.",
)
_NOT_CALLED = Problem(
    code="address_not_allowed",
    message_zh="这个地址不能通知：要是公网上的 http 或 https 地址。",
    message_en="This address is not called: it has to be a public one, http or https.",
)
_UNKNOWN = Problem(
    code="subscription_not_found", message_zh="没有这个订阅。", message_en="There is no such subscription."
)
