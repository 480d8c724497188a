"""Words of a whole log are nobody's name; a person's name stays one, however often they write."""

from bot.domain.redaction import log_vocabulary, redact

BRAND = "Moss"
LOG = [(f"Asked {BRAND} about my order number {n}, it was no help", f"person {n}") for n in range(12)]
HEAVY = [("Fourteen boxes again. Edwin Pettibone", "the school")] * 40
FRIENDLY = [(f"Thanks, Priya here, order {n}", f"other {n}") for n in range(12)]


def test_many_writers_make_a_word_common_and_one_writer_does_not() -> None:
    words = log_vocabulary([*LOG, *HEAVY])
    assert {"moss", "asked", "order"} <= words
    assert not {"edwin", "pettibone"} & words


def test_a_first_name_is_never_common() -> None:
    assert "priya" not in log_vocabulary(FRIENDLY)
    assert "thanks" in log_vocabulary(FRIENDLY)


def test_a_share_of_all_writers_is_needed_too() -> None:
    crowd = [(f"nothing to see {n}", f"someone {n}") for n in range(2_000)]
    assert "moss" not in log_vocabulary([*LOG, *crowd])


def test_common_words_stay_and_names_go() -> None:
    common = log_vocabulary([*LOG, *HEAVY])
    text = "Dear Moss, regards, Edwin Pettibone, edwin@example.com"
    assert "Moss" in redact(text, common=common).text
    assert "Pettibone" not in redact(text, common=common).text
    assert "edwin@" not in redact(text, common=common).text


def test_the_rows_own_name_goes_even_where_it_is_common() -> None:
    common = log_vocabulary(LOG)
    assert "Moss" not in redact("It is Harriet Moss here", known=("Harriet Moss", "Moss"), common=common).text


def test_a_contraction_without_its_sign_is_no_name() -> None:
    assert (
        redact("pulled a pod apart and theres no seed in it").text
        == "pulled a pod apart and theres no seed in it"
    )
