from __future__ import annotations

import ast

from hypothesis import given
from hypothesis import strategies as st

from lstm_core.export.code import Code, write_call, write_list, write_literal, write_step


@given(st.text())
def test_a_text_is_one_literal_on_one_line(text: str) -> None:
    literal = write_literal(text)
    assert ast.literal_eval(literal) == text
    assert len(literal.splitlines()) <= 1


@given(st.lists(st.text()))
def test_a_list_of_texts_comes_back(texts: list[str]) -> None:
    code = write_list("NAMES", map(write_literal, texts))
    namespace: dict[str, object] = {}
    exec(code, namespace)
    assert namespace["NAMES"] == texts


def test_a_call_holds_literals_code_and_no_option_without_a_value() -> None:
    call = write_call("f", 1, "a'b", Code("x"), size=0.5, name=None, of=Code("g(2)"))
    assert call == 'f(1, "a\'b", x, size=0.5, of=g(2))'


def test_a_long_call_stands_on_several_lines_and_its_comment_above() -> None:
    call = write_call("f", *range(40))
    assert call.count("\n") == 41
    assert write_step("x", call, "what").splitlines()[0] == "# what"
    assert write_step("x", "f()", "what") == "x = f()  # what"
