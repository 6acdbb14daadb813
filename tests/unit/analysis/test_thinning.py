"""The stronger stays and tells the reasons of the weaker; nothing is crowded."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from pipeline.analysis.thinning import STRUCTURE, Candidate, limited, thinned
from pipeline.project.proposal import PROPOSAL_KINDS, PROPOSAL_REGIONS, ProposalKind, ProposalRegion

SECONDS = np.arange(4000) / 25


def candidate(
    index: int, score: float, kind: ProposalKind = "apex", region: ProposalRegion = "mouth", source: str = ""
) -> Candidate:
    name = source or f"{kind} {region}"
    return Candidate(index, kind, region, score, {name: f"{name} at {index}"})


def frames(found: list[Candidate]) -> list[int]:
    return sorted(each.index for each in found)


def test_the_stronger_of_two_too_close_stays_with_the_reasons_of_both() -> None:
    (kept,) = thinned([candidate(10, 0.5, source="a"), candidate(12, 0.9, source="b")], SECONDS, 0.2)
    assert kept.index == 12
    assert list(kept.reasons.values()) == ["b at 12", "a at 10"]


def test_regions_may_stand_closer_to_each_other() -> None:
    pair = [candidate(10, 0.5), candidate(12, 0.9, region="brows")]
    assert frames(thinned(pair, SECONDS, 0.2)) == [10, 12]
    assert frames(thinned([candidate(11, 0.5), candidate(12, 0.9, region="brows")], SECONDS, 0.2)) == [12]


def test_two_steps_of_one_movement_are_one_unless_something_lies_between() -> None:
    steps = [candidate(10, 0.5), candidate(20, 0.9)]
    assert frames(thinned(steps, SECONDS, 0.2)) == [20]
    assert frames(thinned([*steps, candidate(16, 0.4, "onset")], SECONDS, 0.1)) == [10, 16, 20]
    assert frames(thinned([candidate(10, 0.5), candidate(40, 0.9)], SECONDS, 0.2)) == [10, 40]


def test_structure_is_never_displaced() -> None:
    found = thinned([candidate(10, 1.0, "first", "plate"), candidate(10, 1.0, "occlusion_out", "face")], SECONDS, 0.2)
    assert len(found) == 2


candidates = st.lists(
    st.builds(
        candidate,
        st.integers(0, 300),
        st.floats(0, 1),
        st.sampled_from(PROPOSAL_KINDS),
        st.sampled_from(PROPOSAL_REGIONS),
    ),
    max_size=40,
)


@given(candidates, st.sampled_from([0.0, 0.1, 0.4]))
def test_what_stays_is_apart_and_the_strongest_stays(found: list[Candidate], spacing: float) -> None:
    kept = [each for each in thinned(found, SECONDS, spacing) if each.kind not in STRUCTURE]
    for region in PROPOSAL_REGIONS:
        times = np.sort([SECONDS[each.index] for each in kept if each.region == region])
        assert (np.diff(times) >= spacing - 1e-9).all()
    if found and all(each.kind not in STRUCTURE for each in found):
        assert max(each.score for each in kept) == max(each.score for each in found)


@given(st.lists(st.tuples(st.integers(0, 3999), st.floats(0, 1)), max_size=80), st.integers(1, 6))
def test_no_minute_holds_too_many(given_: list[tuple[int, float]], most: int) -> None:
    kept = limited([candidate(index, score) for index, score in given_], SECONDS, most)
    times = np.sort([SECONDS[each.index] for each in kept])
    assert all(((times >= start) & (times <= start + 60)).sum() <= most for start in times)
