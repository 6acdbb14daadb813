"""The page of parameters is the code's own list."""

from parameter_page import PAGE, page


def test_the_page_of_parameters_says_what_the_structs_say() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "make it anew with scripts/parameter_page.py"
