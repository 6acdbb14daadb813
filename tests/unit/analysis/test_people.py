"""Tracklets of one person become one; people seen at the same time never do."""

import numpy as np
from numpy.typing import NDArray

from pipeline.analysis.people import Sighting, join

RANDOM = np.random.default_rng(3)
ANNA, BERT = (RANDOM.normal(size=64) for _ in range(2))


def like(person: NDArray[np.float64], noise: float = 0.4) -> NDArray[np.float64]:
    """An embedding of this person; likeness between two is about 1 / (1 + noise²)."""
    seen = person + noise * RANDOM.normal(size=len(person))
    return seen / np.linalg.norm(seen)


def sighting(
    number: int, first: int, last: int, embedding: NDArray[np.float64], shot: int = 0, x: float = 100
) -> Sighting:
    box = np.array([x, 50, x + 80, 150], np.float64)
    return Sighting(number, shot, first, last, box, box, embedding)


def numbers(people: list[list[Sighting]]) -> list[list[int]]:
    return [[each.number for each in person] for person in people]


def test_joined_over_a_cut() -> None:
    people = join([
        sighting(0, 0, 9, like(ANNA)),
        sighting(1, 0, 9, like(BERT), x=400),
        sighting(2, 10, 20, like(BERT), shot=1),
        sighting(3, 10, 20, like(ANNA), shot=1, x=400),
    ])  # fmt: skip
    assert numbers(people) == [[0, 3], [1, 2]]


def test_twins_in_one_picture_stay_two() -> None:
    people = join([sighting(0, 0, 9, like(ANNA)), sighting(1, 5, 20, like(ANNA), x=400)])
    assert numbers(people) == [[0], [1]]


def test_strangers_stay_apart() -> None:
    assert numbers(join([sighting(0, 0, 9, like(ANNA)), sighting(1, 30, 40, like(BERT))])) == [[0], [1]]


def test_a_doubtful_face_is_joined_only_nearby() -> None:
    doubtful = like(ANNA, 1.3)
    nearby = [sighting(0, 0, 9, like(ANNA, 0.1)), sighting(1, 12, 40, doubtful)]
    far = [sighting(0, 0, 9, like(ANNA, 0.1)), sighting(1, 12, 40, doubtful, x=400)]
    assert 0.45 < float(nearby[0].embedding @ doubtful) < 0.6
    assert numbers(join(nearby)) == [[0, 1]]
    assert numbers(join(far)) == [[0], [1]]


def test_numbers_follow_first_appearance_then_place() -> None:
    people = join([
        sighting(5, 3, 9, like(BERT), x=10),
        sighting(6, 0, 9, like(ANNA), x=400),
        sighting(7, 0, 9, RANDOM.normal(size=64), x=20),
    ])  # fmt: skip
    assert numbers(people) == [[7], [6], [5]]


def test_nobody_is_nobody() -> None:
    assert join([]) == []
