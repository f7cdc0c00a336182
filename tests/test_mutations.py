"""The faults that are put in on purpose find their place, and somebody to notice them."""

from __future__ import annotations

import pytest

from tests.mutations import MUTATIONS, ROOT, Mutation


@pytest.mark.parametrize("mutation", MUTATIONS, ids=lambda each: str(each.name).replace(" ", "_"))
def test_a_fault_has_a_place_and_tests(mutation: Mutation) -> None:
    assert (ROOT / mutation.file).read_text().count(mutation.before) == 1
    assert all((ROOT / each).exists() for each in mutation.tests)
