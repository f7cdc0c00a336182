"""What of a file is its table, and how its rows are cut."""

from __future__ import annotations

from pages._ui.data.kinds.series.reading.items.item import PlanItem, say_count, say_name
from pages._ui.data.kinds.series.reading.items.values import ENCODINGS, SEPARATORS

ROWS = (
    PlanItem(
        "member",
        "sheet or file",
        "Which sheet or file?",
        "Of a workbook, one sheet is read; of an archive, one file.",
        "member",
        lambda value: f"from: {value}",
        of="members",
    ),
    PlanItem(
        "separator",
        "between cells",
        "What stands between cells?",
        "Separator, or delimiter: the sign that ends a cell.",
        "choice",
        say_name(SEPARATORS, after=" between cells"),
        usual=(",",),
        values=SEPARATORS,
        of="text",
    ),
    PlanItem(
        "header_rows",
        "header rows",
        "How many lines name the columns?",
        "Header rows; 0 where the first line is a row of values already.",
        "number",
        say_count("header row", "no header"),
        usual=(1,),
    ),
    PlanItem(
        "skip_top",
        "lines above",
        "How many lines above are skipped?",
        "Lines above the header that are not the table's: a title, an address.",
        "number",
        lambda value: f"{say_count('line')(value)} above skipped",
        usual=(0,),
    ),
    PlanItem(
        "skip_bottom",
        "lines below",
        "How many lines below are skipped?",
        "Lines below the last row that are not the table's: a sum, a source.",
        "number",
        lambda value: f"{say_count('line')(value)} below skipped",
        usual=(0,),
    ),
    PlanItem(
        "comment",
        "remarks",
        "What do remarks begin with?",
        "Lines that begin with this sign are left out.",
        "text",
        lambda value: f"remarks begin with {value}" if value else "no remarks",
        usual=("",),
        of="text",
    ),
    PlanItem(
        "quote",
        "quotes",
        "What is text put between?",
        "Quotation mark: what stands between two of them is one cell.",
        "choice",
        lambda value: f"quotes: {value}" if value else "no quotes",
        usual=('"', ""),
        values={'"': '" double', "'": "' single", "": "nothing"},
        of="text",
    ),
    PlanItem(
        "encoding",
        "encoding",
        "How is the text encoded?",
        "Encoding, or code page. A wrong one shows strange letters in names.",
        "list",
        say_name(ENCODINGS, before="text: "),
        usual=("utf-8", "utf-8-sig", "ascii"),
        values=ENCODINGS,
        of="text",
    ),
)
