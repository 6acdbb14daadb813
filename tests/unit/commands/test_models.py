"""`models`: what the cards say, and files that are no longer what they say."""

import json

import pytest

from pipeline.cli import main
from pipeline.engines.registry import cards


def test_the_list_says_licence_purpose_and_limits_of_every_network(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["models", "list"]) == 0
    told = capsys.readouterr().out
    for card in cards():
        for words in (card.id, card.purpose, card.licence, card.limits, card.source):
            assert words in told
    assert told.count("commercial use is in doubt") == sum(not card.commercial_use for card in cards()) >= 1


def test_the_list_is_json_too(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["models", "list", "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert [each["id"] for each in answer["models"]] == [card.id for card in cards()]
    assert all(each["licence"] and each["limits"] for each in answer["models"])


def test_the_models_that_ship_are_good(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["models", "verify", "--json"]) == 0
    assert set(json.loads(capsys.readouterr().out)["models"].values()) == {"good"}
