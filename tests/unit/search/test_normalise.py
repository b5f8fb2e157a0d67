from hypothesis import example, given
from hypothesis import strategies as st

from shared.search.normalise import contained_patterns, normalise, normalise_with_places
from shared.search.signs import FIELD_ENDS, NUMBER_CLOSES, NUMBER_OPENS

# The marks of the field are frequent enough to meet each other.
printed = st.text(
    st.one_of(st.sampled_from("满意度≥≧>=＞＝９5950.,，%％ \u3000①㎡②Ａa（）《》-"), st.characters())
)


def test_signs_that_look_alike_are_one_sign():
    assert {normalise(sign) for sign in ("≥", "≧", "⩾", ">=", "＞＝", "> =")} == {"≥"}
    assert {normalise(sign) for sign in ("≤", "≦", "⩽", "<=", "＜＝")} == {"≤"}
    assert {normalise(sign) for sign in (">", "＞", "﹥", "》", "〉")} == {">"}
    assert {normalise(sign) for sign in ("%", "％", "﹪")} == {"%"}


def test_width_case_blanks_and_old_forms_do_not_matter():
    assert normalise("ＡＰＰ 上線數量") == normalise("app\u3000上线数\u00a0量") == "app上线数量"


def test_radicals_of_a_text_layer_are_read_as_the_characters_they_look_like():
    assert normalise("⼈⺠满意度⻚") == "人民满意度页"


def test_numbers_are_fenced():
    assert normalise("≥95%") == f"≥{NUMBER_OPENS}95{NUMBER_CLOSES}%"
    assert normalise("第1.2.3条") == "第␂1.2.3␃条"


def test_commas_between_thousands_vanish_but_a_full_width_comma_parts_two_numbers():
    assert normalise("1,200,000元") == normalise("1200000元")
    assert normalise("3，200家") == "␂3␃，␂200␃家"
    assert normalise("12,34") == "␂12␃，␂34␃"


def test_numbers_printed_side_by_side_stay_two():
    assert normalise("95 100") == "␂95␃␂100␃"
    assert normalise("95①") == "␂95␃(␂1␃)"


def test_marks_of_the_index_typed_by_a_person_vanish():
    assert normalise(f"满{FIELD_ENDS}意{NUMBER_OPENS}度\ud800\x00") == "满意度"


def test_an_open_number_is_found_in_a_longer_one_and_a_closed_one_is_not():
    text = normalise("≥950家")

    assert any(pattern in text for pattern in contained_patterns("95", closed=False))
    assert not any(pattern in text for pattern in contained_patterns("95", closed=True))
    assert not any(pattern in text for pattern in contained_patterns("≥95", closed=False))


def test_a_dot_at_the_edge_may_be_a_decimal_point_or_a_full_stop():
    for text in ("满意98.5分", "满意98.", "满意98. 另"):
        assert any(pattern in normalise(text) for pattern in contained_patterns("意98.", closed=False)), text
    for text in ("达12.5%", "表.5%"):
        assert any(pattern in normalise(text) for pattern in contained_patterns(".5%", closed=False)), text


@given(printed)
@example(">=９５％，1,000①")
def test_both_ways_of_folding_agree(text):
    assert normalise_with_places(text).text == normalise(text)


@given(printed)
def test_every_character_knows_where_it_was_printed(text):
    folded = normalise_with_places(text)

    assert len(folded.text) == len(folded.starts) == len(folded.ends)
    assert all(0 <= start <= end <= len(text) for start, end in zip(folded.starts, folded.ends, strict=True))


@given(st.text("满意度≥%家公园", min_size=1), st.text("满意度≥%家公园"))
def test_a_text_is_found_where_it_stands(word, around):
    text = around + word + around
    places = set(normalise_with_places(text).occurrences(normalise(word)))

    assert (len(around), len(around) + len(word)) in places
    assert all(text[start:end] == word for start, end in places)


@given(st.text("满意95.%≥", max_size=12), st.integers(0, 11), st.integers(1, 6))
def test_a_bare_word_cut_from_a_text_is_found_in_it(text, start, length):
    word = text[start : start + length]
    if any(sign in word for sign in "≥"):  # after an operator a number is whole
        return
    patterns = contained_patterns(word, closed=False)

    assert not patterns or any(pattern in normalise(text) for pattern in patterns)
