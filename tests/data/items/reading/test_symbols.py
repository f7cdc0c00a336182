import pytest

from lstm_core.errors import DataError
from tests.data.items.reading.given import make_zip, read, read_files, roles

DNA = [("tactagcaatacgctt" + "acgt" * n, "+-"[n % 2]) for n in range(10)]
PROTEIN = [("MKVLAAGIVGLLLAQWERTYHP" + "KLMN" * n, ("enzyme", "other")[n % 2]) for n in range(10)]


def check(reading, rows=DNA, alphabet: str = "dna") -> None:
    collection = reading.collection
    assert collection.content == "symbols"
    assert collection.alphabet == alphabet
    assert collection.texts.tolist() == [sequence.upper() for sequence, _ in rows]
    assert collection.labels.tolist() == [label for _, label in rows]


def test_a_sequence_and_its_label_in_a_table() -> None:
    for header in ("name,sequence,class\n", ""):
        lines = [f"seq{n},{sequence},{label}" for n, (sequence, label) in enumerate(DNA)]
        reading = read(header + "\n".join(lines))
        check(reading)
        assert reading.collection.ids[3] == "seq3"


@pytest.mark.parametrize("tabs", ["", "\t\t"])
def test_the_form_of_promoters_and_splice_sites(tabs: str) -> None:
    lines = [f"{label},S{n},{tabs}{sequence}" for n, (sequence, label) in enumerate(DNA)]
    check(read("\n".join(lines), "promoters.data"))
    lines = [
        f"{'EI' if label == '+' else 'IE'},   ATRINS-{n},        {sequence.upper()}"
        for n, (sequence, label) in enumerate(DNA)
    ]
    reading = read("\n".join(lines), "splice.data")
    check(reading, [(sequence, "EI" if label == "+" else "IE") for sequence, label in DNA])


@pytest.mark.parametrize(
    "header",
    [
        ">S{n} label={label}",
        ">S{n}|{label}",
        ">S{n} | some words | {label}",
        ">S{n} class:{label} length=4",
        ">S{n} {label}",
        ">S{n} OS=Homo sapiens label={label} GN=X1",
    ],
)
def test_fasta_with_the_label_in_its_header(header: str) -> None:
    rows = [(sequence, "promoter" if label == "+" else "other") for sequence, label in DNA]
    text = ""
    for number, (sequence, label) in enumerate(rows):
        text += header.format(n=number, label=label) + f"\n{sequence[:10]}\n{sequence[10:]}\n\n"
    reading = read(text, "x.fasta")
    check(reading, rows)
    assert reading.collection.ids[2] == "S2"


def test_fasta_with_labels_in_a_table_or_a_file_each() -> None:
    fasta = "".join(f">S{n} x\r\n{sequence}\r\n" for n, (sequence, _) in enumerate(DNA))
    table = "name\tkind\n" + "".join(f"S{n}\t{label}\n" for n, (_, label) in enumerate(DNA))
    check(read_files({"x.fa": fasta, "labels.tsv": table}))
    check(read_files({"labels.tsv": table, "x.fa": fasta}))
    good, bad = (
        "".join(f">{n}\n{letters}\n" for n, (letters, label) in enumerate(DNA) if label == each)
        for each in "+-"
    )
    reading = read_files({"promoters.fa": good, "background.fa": bad})
    assert reading.collection.label_counts == {"background": 5, "promoters": 5}


def test_proteins_and_rna_are_told_from_words() -> None:
    lines = "".join(f"{sequence},{label}\n" for sequence, label in PROTEIN)
    check(read("protein,class\n" + lines), PROTEIN, "protein")
    rna = [(sequence.replace("t", "u"), label) for sequence, label in DNA]
    check(read("seq,y\n" + "".join(f"{s},{x}\n" for s, x in rna)), rna, "rna")
    words = "".join(f"WONDERFUL THING {n},{'ab'[n % 2]}\n" for n in range(9))
    assert read("text,label\n" + words).collection.content == "text"


def test_letters_that_are_no_dna_are_told() -> None:
    lines = "".join(f"{sequence}qz1,{label}\n" for sequence, label in DNA)
    with pytest.raises(DataError, match="letters that are no letters of DNA: 1QZ"):
        read("sequence,class\n" + lines, content="symbols", alphabet="dna")
    collection = read("sequence,class\n" + lines, content="symbols", alphabet="any").collection
    assert collection.texts[0] == DNA[0][0] + "qz1"


def test_a_few_strange_letters_among_many_sequences_are_read_as_unknown() -> None:
    rows = [(sequence + "ACGT"[n % 4], label) for n in range(12) for sequence, label in DNA]
    lines = "".join(f"{sequence},{label}\n" for sequence, label in [*rows, ("ACGTQACGT", "+")])
    collection = read("sequence,class\n" + lines).collection
    assert collection.texts[-1] == "ACGTNACGT"
    assert any("read as unknown" in note for note in collection.notes)


def test_what_is_no_fasta_is_told() -> None:
    for text in ("ACGT\n>x\nACGT\n", ">x\n>y\n"):
        with pytest.raises(DataError, match="is not FASTA"):
            read(text, "x.fasta")


def test_groups_of_sequences_are_found() -> None:
    lines = "".join(f"{sequence},{label},chr{n % 3}\n" for n, (sequence, label) in enumerate(DNA))
    assert roles(read("sequence,class,chromosome\n" + lines))["group"] == "chromosome"


def test_sequences_in_files_and_folders() -> None:
    members = {
        f"set/{part}/{label}/{n}.txt": "ACGT" * 9 + "ACGT"[n % 4]
        for part in ("train", "test")
        for label in ("positive", "negative")
        for n in range(4)
    }
    collection = read(make_zip(members), "x.zip").collection
    assert (collection.content, collection.alphabet) == ("symbols", "dna")
    assert collection.label_names == ("negative", "positive")
    fasta = {
        f"{label}_{part}.fa": "".join(f">s{n}\n{'ACGT' * 5}{'ACGT'[n % 4]}\n" for n in range(8))
        for part in ("train", "test")
        for label in ("promoter", "other")
    }
    collection = read_files(fasta).collection
    assert collection.label_counts == {"other": 16, "promoter": 16}
    assert collection.parts.tolist().count("test") == 16


def test_short_peptides_are_known_by_their_columns_name() -> None:
    lines = "".join(f"{'ACDEFGHIK'[n % 5 :]}WYV,{n % 2}\n" for n in range(20))
    assert read("peptide,label\n" + lines).collection.alphabet == "protein"
    assert read("word,label\n" + lines).collection.content == "text"
