"""What a figure must reach."""

import math
import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal, cast, get_args

Relation = Literal["<=", ">=", ">"]
_TESTS: Mapping[Relation, Callable[[float, float], bool]] = {"<=": operator.le, ">=": operator.ge, ">": operator.gt}


@dataclass(frozen=True, slots=True)
class Bar:
    """What a figure must reach."""

    relation: Relation
    limit: float

    def passed(self, value: float) -> bool:
        """Whether the value reaches the bar; a value that could not be taken does not."""
        return math.isfinite(value) and _TESTS[self.relation](value, self.limit)

    @staticmethod
    def of_text(text: str) -> "Bar":
        """The bar that reads so. Raises ValueError."""
        relation, limit = text.split()
        if relation not in get_args(Relation):
            raise ValueError(f"{relation} is no relation")
        return Bar(cast(Relation, relation), float(limit))

    def __str__(self) -> str:
        return f"{self.relation} {self.limit:g}"
