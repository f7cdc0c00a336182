"""Lines above the data that are no header yet."""

from __future__ import annotations


def drop_separator_line(text: str) -> str:
    """Drop the ``sep=;`` that Excel writes above the header."""
    first, _, rest = text.partition("\n")
    return rest if first.strip().lower().startswith("sep=") and len(first.strip()) <= 5 else text


def join_header_lines(text: str) -> str:
    """Make one header of the three lines that yfinance writes: fields, tickers, the index's name.

    With several tickers, a column is named by both, such as ``Close MSFT``.
    """
    lines = text.split("\n", 3)
    if len(lines) < 4:
        return text
    fields, tickers, index = ([cell.strip() for cell in line.split(",")] for line in lines[:3])
    is_such = (
        (fields[0], tickers[0]) == ("Price", "Ticker")
        and index[0] in ("Date", "Datetime")
        and not any(index[1:])
        and len(fields) == len(tickers) > 1
    )
    if not is_such:
        return text
    is_one = len(set(tickers[1:])) == 1
    names = [
        field if is_one else f"{field} {ticker}"
        for field, ticker in zip(fields[1:], tickers[1:], strict=True)
    ]
    return "\n".join([",".join([index[0], *names]), lines[3]])
