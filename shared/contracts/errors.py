"""
Three kinds of failure, by who is at fault.

    DocumentRejected        the document: never retried, quarantined with code and advice
        NotReadable         damaged, encrypted or not what it claims to be
        LimitExceeded       larger, longer or slower than one worker may bear
    DependencyUnavailable   the world: retried with back-off, never counted against the document
    anything else           us: let it fly; attempts are counted outside the process

Attempts that are used up end the third kind too: ``AttemptsExhausted`` is a DocumentRejected.
"""

from typing import ClassVar


class DocumentRejected(Exception):
    """The document cannot be processed; a person has to do something about it."""

    code: ClassVar[str] = "rejected"
    advice_zh: ClassVar[str] = "文件无法处理。"
    advice_en: ClassVar[str] = "The document cannot be processed."

    def __init__(self, **facts: object) -> None:
        self.facts = facts
        super().__init__(f"{self.code}: {self.advice_en.format(**facts)}")

    @property
    def advice(self) -> str:
        """What a person can do about it, in Chinese and English."""
        return f"{self.advice_zh.format(**self.facts)} {self.advice_en.format(**self.facts)}"


class NotReadable(DocumentRejected):
    """The bytes are not a document that can be opened."""


class LimitExceeded(DocumentRejected):
    """The document is larger, longer or slower than one worker may bear."""


class EmptyFile(NotReadable):
    """The file holds no bytes, or nothing but blanks."""

    code = "empty_file"
    advice_zh = "文件是空的，请重新导出或下载后再上传。"
    advice_en = "The file is empty: export or download it again."


class UnsupportedMedia(NotReadable):
    """The bytes are of a kind that no reader opens."""

    code = "unsupported_media"
    advice_zh = "不支持这种文件（{media_type}），请另存为 PDF 或文本后再上传。"
    advice_en = "Files of this kind ({media_type}) are not read: save it as PDF or text."


class ContentDiffersFromName(NotReadable):
    """The bytes are something else than the file's name claims, and cannot be read as what they are."""

    code = "content_differs_from_name"
    advice_zh = "文件名是 {claimed}，内容却是 {media_type}（常见于下载到了错误页面），请重新下载。"
    advice_en = (
        "The name says {claimed} but the content is {media_type} (often an error page): download it again."
    )


class EncryptedDocument(NotReadable):
    """The document needs a password."""

    code = "encrypted"
    advice_zh = "文件有密码保护，请去除密码后再上传。"
    advice_en = "The document is protected by a password: remove it and upload again."


class DamagedDocument(NotReadable):
    """The document's structure is broken beyond what a reader can mend."""

    code = "damaged"
    advice_zh = "文件已损坏（{detail}），请重新下载或导出。"
    advice_en = "The document is damaged ({detail}): download or export it again."


class TruncatedDocument(NotReadable):
    """The document ends before its end, as after an interrupted download."""

    code = "truncated"
    advice_zh = "文件不完整（可能下载中断），请重新下载。"
    advice_en = "The document is incomplete (an interrupted download?): download it again."


class UnknownEncoding(NotReadable):
    """The text is in no encoding that a Chinese office uses."""

    code = "unknown_encoding"
    advice_zh = "无法识别文本编码，请另存为 UTF-8。"
    advice_en = "The text's encoding is not known: save it as UTF-8."


class FileTooLarge(LimitExceeded):
    """The file has more bytes than may be opened."""

    code = "file_too_large"
    advice_zh = "文件有 {size_bytes} 字节，超过上限 {limit_bytes}，请拆分。"
    advice_en = "{size_bytes} bytes exceed the limit of {limit_bytes}: split the file."


class TooManyPages(LimitExceeded):
    """The document is longer than one worker may hold."""

    code = "too_many_pages"
    advice_zh = "文件有 {pages} 页，超过上限 {limit}，请拆分。"
    advice_en = "{pages} pages exceed the limit of {limit}: split the file."


class TableTooLarge(LimitExceeded):
    """The document's tables have more cells, or more text, than one worker may hold."""

    code = "table_too_large"
    advice_zh = "表格有 {cells} 个单元格（或字），超过上限 {limit}，请拆分。"
    advice_en = "Tables of {cells} cells (or characters) exceed the limit of {limit}: split the file."


class UnpacksTooLarge(LimitExceeded):
    """A packed document unfolds to more bytes than may be held."""

    code = "unpacks_too_large"
    advice_zh = "文件解压后有 {megabytes} MB，超过上限 {limit} MB，请拆分或另存。"
    advice_en = "The file unpacks to {megabytes} MB, more than {limit} MB: split it or save it anew."


class PictureTooLarge(LimitExceeded):
    """A picture unfolds to more pixels than may be held."""

    code = "picture_too_large"
    advice_zh = "图像有 {pixels} 像素，超过上限 {limit}，请降低扫描分辨率。"
    advice_en = "A picture of {pixels} pixels exceeds the limit of {limit}: scan at a lower resolution."


class TimeLimitExceeded(LimitExceeded):
    """Reading took longer than it may; the reading process was killed."""

    code = "time_limit"
    advice_zh = "读取超过 {seconds} 秒被终止，文件可能损坏或过于复杂，请拆分后再试。"
    advice_en = "Reading was stopped after {seconds} s: the document may be damaged or too complex; split it."


class MemoryLimitExceeded(LimitExceeded):
    """Reading needed more memory than it may have; the reading process was stopped."""

    code = "memory_limit"
    advice_zh = "读取所需内存超过 {megabytes} MB 被终止，文件可能损坏或过于复杂，请拆分后再试。"
    advice_en = "Reading needed more than {megabytes} MB and was stopped: split the document."


class ReaderCrashed(NotReadable):
    """The reading process died on this document more than once."""

    code = "reader_crashed"
    advice_zh = "读取进程在此文件上多次崩溃（{detail}），请换一种方式导出后再试。"
    advice_en = "The reading process died on this document repeatedly ({detail}): export it another way."


class ReaderFailed(NotReadable):
    """Reading ended in an error that no reader foresaw."""

    code = "reader_failed"
    advice_zh = "读取此文件时出错（{detail}），请换一种方式导出，或升级后重试。"
    advice_en = "Reading this document failed ({detail}): export it another way, or retry after an upgrade."


class AttemptsExhausted(DocumentRejected):
    """The work on the document was begun several times and never finished."""

    code = "attempts_exhausted"
    advice_zh = "处理此文件 {attempts} 次均未完成，已搁置；请检查文件，或升级后重试。"
    advice_en = "Work on this document was begun {attempts} times, never finished: check it or retry."


class RecordsRefused(DocumentRejected):
    """The search index cannot hold some of the document's records; the others can be found."""

    code = "records_refused"
    advice_zh = (
        "检索索引无法收录 {refused} 条记录（{detail}），其余 {kept} 条可以检索；请检查文件中异常长的文字。"
    )
    advice_en = "The index refused {refused} records ({detail}), {kept} others are found: look for odd text."

    def __init__(self, *, documents: tuple[str, ...], **facts: object) -> None:
        self.documents = documents
        super().__init__(**facts)


class DependencyUnavailable(Exception):
    """Something outside did not answer: the same work will succeed later."""
