"""What a person or a program is told when a request cannot be answered."""

from pydantic import ConfigDict

from services.search.words.language import say_in_english
from shared.contracts.records import Model
from shared.contracts.search import QueryError


class Problem(Model):
    """A stable code, the reason in two languages, and the marked place of a query."""

    code: str
    message_zh: str
    message_en: str
    start: int | None = None
    end: int | None = None

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                "code": "query_not_understood",
                "message_zh": "引号没有闭合，请补上另一半引号。",
                "message_en": "The quotation mark is not closed.",
                "start": 0,
                "end": 4,
            }
        }
    )


class Refused(Exception):
    """The request cannot be answered, for a reason that the asker can do something about."""

    def __init__(self, status: int, problem: Problem) -> None:
        self.status = status
        self.problem = problem
        super().__init__(problem.code)


def record_not_found() -> Refused:
    """Say that no record has this id (any more)."""
    return Refused(
        404,
        Problem(
            code="record_not_found",
            message_zh="没有这条指标记录，它所在的文件可能已被移除。",
            message_en="There is no such record; its document may have been removed.",
        ),
    )


def document_not_found() -> Refused:
    """Say that the archive holds no document with this id."""
    return Refused(
        404,
        Problem(
            code="document_not_found",
            message_zh="资料库里没有这份文件。",
            message_en="The archive holds no such document.",
        ),
    )


def reading_not_found() -> Refused:
    """Say that a document is there but has not been read (yet)."""
    return Refused(
        404,
        Problem(
            code="reading_not_found",
            message_zh="这份文件尚未解析，或无法解析。",
            message_en="This document has not been read yet, or cannot be read.",
        ),
    )


def page_not_found() -> Refused:
    """Say that a document has no such page."""
    return Refused(
        404,
        Problem(
            code="page_not_found",
            message_zh="这份文件没有这一页。",
            message_en="The document has no such page.",
        ),
    )


def page_not_drawable(media_type: str) -> Refused:
    """Say that pages of this kind of document cannot be shown as pictures."""
    return Refused(
        415,
        Problem(
            code="page_not_drawable",
            message_zh=f"这种文件（{media_type}）不能显示页面图像，请下载原件查看。",
            message_en=f"Pages of this kind ({media_type}) cannot be shown: download the original.",
        ),
    )


def unknown_facet() -> Refused:
    """Say that there is no such facet."""
    return Refused(
        404,
        Problem(code="unknown_facet", message_zh="没有这个筛选项。", message_en="There is no such facet."),
    )


def bad_query(error: QueryError) -> Refused:
    """Say that a query cannot be understood, and where."""
    return Refused(400, query_problem(error))


def query_problem(error: QueryError) -> Problem:
    """Explain a query that cannot be understood."""
    return Problem(
        code="query_not_understood",
        message_zh=error.message,
        message_en=say_in_english(error.message),
        start=error.start,
        end=error.end,
    )
