"""Turn everything that goes wrong into a page for people and a stable body for programs."""

import logging
from collections.abc import Sequence

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from services.search.problems import Problem, Refused, query_problem
from services.search.templates import render_page
from shared.contracts.errors import DependencyUnavailable, DocumentRejected
from shared.contracts.search import QueryError

_log = logging.getLogger(__name__)

_HTTP = {
    404: Problem(code="not_found", message_zh="没有这个页面。", message_en="There is no such address."),
    405: Problem(
        code="method_not_allowed",
        message_zh="不支持这种请求方法。",
        message_en="This method is not allowed here.",
    ),
}


def answer_refusals(app: FastAPI) -> None:
    """Register how each kind of failure is answered."""
    app.exception_handler(Refused)(_refused)
    app.exception_handler(QueryError)(_query)
    app.exception_handler(RequestValidationError)(_invalid)
    app.exception_handler(HTTPException)(_http)
    app.exception_handler(DocumentRejected)(_rejected)
    app.exception_handler(DependencyUnavailable)(_unavailable)
    app.exception_handler(Exception)(_ours)


def _refused(request: Request, error: Refused) -> Response:
    return answer_problem(request, error.status, error.problem)


def _query(request: Request, error: QueryError) -> Response:
    return answer_problem(request, 400, query_problem(error))


def _invalid(request: Request, error: RequestValidationError) -> Response:
    reasons = {_parameter(one["loc"]): str(one["msg"]) for one in error.errors() if one.get("loc")}
    told = "; ".join(f"{name} ({reason})" for name, reason in sorted(reasons.items()))
    problem = Problem(
        code="invalid_parameter",
        message_zh=f"参数无效：{'、'.join(sorted(reasons))}。",
        message_en=f"Invalid parameter: {told}.",
    )
    return answer_problem(request, 400, problem)


def _parameter(place: Sequence[str | int]) -> str:
    """Name a parameter: ``query``, its name and, in a list, which of its values it is."""
    return next(str(part) for part in reversed(place) if isinstance(part, str))


def _http(request: Request, error: HTTPException) -> Response:
    other = Problem(
        code=f"http_{error.status_code}", message_zh="请求无法处理。", message_en=str(error.detail)
    )
    return answer_problem(request, error.status_code, _HTTP.get(error.status_code, other))


def _rejected(request: Request, error: DocumentRejected) -> Response:
    problem = Problem(
        code=error.code,
        message_zh=error.advice_zh.format(**error.facts),
        message_en=error.advice_en.format(**error.facts),
    )
    return answer_problem(request, 422, problem)


def _unavailable(request: Request, error: DependencyUnavailable) -> Response:
    _log.warning("dependency_unavailable", exc_info=error)
    problem = Problem(
        code="unavailable",
        message_zh="服务暂时不可用，请稍后再试。",
        message_en="Temporarily unavailable: try again later.",
    )
    return answer_problem(request, 503, problem)


def _ours(request: Request, _error: Exception) -> Response:
    problem = Problem(
        code="internal_error",
        message_zh="系统出错了，错误已记入日志。",
        message_en="Something went wrong on our side; it was logged.",
    )
    return answer_problem(request, 500, problem)


def answer_problem(request: Request, status: int, problem: Problem) -> Response:
    """Tell a program a problem in JSON, and a person on a page."""
    if request.url.path.startswith(("/api/", "/feed", "/health", "/openapi")):
        return JSONResponse(problem.model_dump(), status_code=status)
    return render_page(request, "refusal.html", {"problem": problem, "status": status}, status=status)
