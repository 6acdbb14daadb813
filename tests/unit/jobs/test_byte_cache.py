from pipeline.jobs.byte_cache import ByteCache


def cache(capacity: int) -> tuple[ByteCache[bytes], list[str]]:
    out: list[str] = []
    return ByteCache(capacity, len, lambda key, value: out.append(key)), out


def test_what_was_used_least_recently_goes_first() -> None:
    kept, out = cache(30)
    for key in "abc":
        kept.put(key, b"x" * 10)
    assert kept.get("a") is not None
    kept.put("d", b"x" * 10)
    assert out == ["b"]
    assert kept.bytes == 30


def test_what_is_larger_than_everything_is_not_kept_and_puts_nothing_out() -> None:
    kept, out = cache(30)
    kept.put("a", b"x" * 20)
    kept.put("b", b"x" * 31)
    assert ("a" in kept, "b" in kept, out) == (True, False, [])


def test_a_value_put_again_counts_once() -> None:
    kept, _ = cache(30)
    kept.put("a", b"x" * 20)
    kept.put("a", b"x" * 10)
    assert kept.bytes == 10
