"""Content streams are read operator by operator, whatever stands in them."""

from hypothesis import given
from hypothesis import strategies as st

from services.parse.readers.pdf_tokens import OperationReader


def operations(stream: bytes) -> list[tuple[bytes, list[object]]]:
    return list(OperationReader(lambda word, operands: (word, operands)).read(stream))


def test_operands_come_before_their_operator():
    assert operations(b"1 -2.5 .5 +3 re\nW* n") == [(b"re", [1, -2.5, 0.5, 3]), (b"W*", []), (b"n", [])]


def test_strings_may_hold_parentheses_and_escapes():
    assert operations(
        rb"(a(b)c) (\(\101\n) (x\
y) Tj"
    ) == [(b"Tj", [b"a(b)c", b"(A\n", b"xy"])]


def test_hexadecimal_strings_may_be_broken_and_odd():
    assert operations(b"<48 65\n6> Tj") == [(b"Tj", [b"He`"])]


def test_arrays_and_dictionaries_are_one_operand():
    ((operator, operands),) = operations(b"/Span << /MCID 3 /A [1 2] >> BDC")

    assert operator == b"BDC"
    assert operands[0].name == "Span"
    assert operands[1] == {"MCID": 3, "A": [1, 2]}


def test_names_may_hold_any_byte():
    ((_, (name, size)),) = operations(b"/A#20B 12 Tf")

    assert (name.name, size) == ("A B", 12)


def test_operators_may_follow_without_a_blank():
    assert operations(b"[(a)-3(b)]TJ(c)Tj") == [(b"TJ", [[b"a", -3, b"b"]]), (b"Tj", [b"c"])]


def test_an_inline_image_is_passed_over():
    assert operations(b"BI /W 1 ID (((\xff EI Q") == [
        (b"BI", []),
        (b"BI", [*operations(b"/W 1 x")[0][1]]),
        (b"Q", []),
    ]


def test_comments_are_passed_over():
    assert operations(b"1 % 2 (\n3 m") == [(b"m", [1, 3])]


OPERATIONS = [
    b"1 0 0 rg",
    b"<4e00>Tj",
    rb"(a\051) Tj",
    b"[(a)-3<0a>]TJ",
    b"/F1 9 Tf",
    b"true 1 d0",
    b"/P <</MCID 1>> BDC",
]


@given(st.lists(st.sampled_from(OPERATIONS)))
def test_an_operation_is_read_alike_alone_and_among_others(parts):
    alone = [operation for part in parts for operation in operations(part)]

    assert operations(b"\n".join(parts)) == alone


@given(st.binary(max_size=400))
def test_no_stream_makes_it_fail(stream):
    operations(stream)


@given(
    st.lists(st.sampled_from([b"(", b")", b"<<", b">>", b"[", b"]", b"<", b"/", b"1", b"\\", b"Tj ", b"%"]))
)
def test_unbalanced_brackets_do_no_harm(parts):
    operations(b"".join(parts))
