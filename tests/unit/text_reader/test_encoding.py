"""Text is decoded by what its bytes are, never by a name."""

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.parse.readers.encoding import decode_text
from shared.contracts.errors import DocumentRejected, EmptyFile, UnknownEncoding

SAMPLE = "项目支出绩效目标表（含转移支付项目）\n合计\t12.50\n满意度 ≥95%，次数≦3次；\n"


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16", "utf-16-le", "utf-16-be", "utf-32"]
)
def test_every_encoding_of_an_office_gives_the_same_text(encoding: str) -> None:
    assert decode_text(SAMPLE.encode(encoding)) == SAMPLE


@pytest.mark.parametrize(
    "mark", [codecs.BOM_UTF16_BE + SAMPLE.encode("utf-16-be"), codecs.BOM_UTF8 + SAMPLE.encode()]
)
def test_a_byte_order_mark_is_no_part_of_the_text(mark: bytes) -> None:
    assert decode_text(mark) == SAMPLE


def test_a_short_gb18030_text_is_read() -> None:
    assert decode_text("合计".encode("gb18030")) == "合计"


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16"])
def test_a_last_character_cut_in_two_is_left_out(encoding: str) -> None:
    content = ("合计" * 20 + "绩").encode(encoding)

    assert decode_text(content[:-1]) == "合计" * 20


@pytest.mark.parametrize(
    "content", [b"", b" \r\n\t\n", codecs.BOM_UTF8, codecs.BOM_UTF16_LE + " \n".encode("utf-16-le")]
)
def test_a_file_of_nothing_but_blanks_is_empty(content: bytes) -> None:
    with pytest.raises(EmptyFile):
        decode_text(content)


@pytest.mark.parametrize(
    "content",
    [
        bytes(range(256)),
        b"\x00\x01\x02\x03" * 50,
        "預算績效目標表項目名稱財政撥款".encode("big5"),
        "パフォーマンス目標表、予算、満足度".encode("shift-jis"),
        codecs.BOM_UTF8 + b"\xff\xfe\xfd",
    ],
)
def test_bytes_that_are_no_chinese_text_are_refused(content: bytes) -> None:
    with pytest.raises(UnknownEncoding):
        decode_text(content)


@given(st.binary(max_size=400))
def test_any_bytes_end_in_text_or_in_a_coded_rejection(content: bytes) -> None:
    try:
        text = decode_text(content)
    except DocumentRejected:
        return
    assert text.strip()


def test_a_stray_control_character_does_not_make_a_text_unreadable() -> None:
    assert decode_text((SAMPLE * 3 + "2025\x022027年").encode()).endswith("2025\x022027年")
