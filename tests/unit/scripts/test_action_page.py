"""The page of actions is the editor's own list."""

from action_page import PAGE, page


def test_the_page_of_actions_says_what_the_table_says() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "make it anew with scripts/action_page.py"
