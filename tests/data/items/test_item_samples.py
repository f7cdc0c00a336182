import pytest

from lstm_core.data.items.duplicates import count_repeated, find_duplicates
from lstm_core.data.items.loading import load_items
from lstm_core.data.items.samples.registry import ITEM_SAMPLES, find_item_sample
from lstm_core.data.items.storing import collection_from_bytes, collection_to_bytes
from lstm_core.errors import DataError, SpecError
from lstm_core.spec.items import ItemsDataSpec

FINGERPRINTS = {
    "product_sentences": "4721550c1c05",
    "made_up_promoters": "0ec37e4b6955",
    "digits": "b27b2f6179f1",
}


@pytest.mark.parametrize("name", ITEM_SAMPLES)
def test_a_sample_is_the_same_every_time_and_can_be_kept(name: str) -> None:
    sample = ITEM_SAMPLES[name]
    collection = load_items(sample.data)
    assert sample.load().fingerprint == collection.fingerprint
    assert collection_from_bytes(collection_to_bytes(collection)).fingerprint == (
        collection.fingerprint
    )
    assert collection.is_labelled.all()
    assert min(collection.label_counts.values()) >= 100
    assert count_repeated(find_duplicates(collection)) == 0
    assert collection.source == "sample"
    assert collection.name == name


@pytest.mark.parametrize("name", FINGERPRINTS)
def test_samples_do_not_depend_on_the_machine(name: str) -> None:
    """A change here changes every result that was ever published with them."""
    assert ITEM_SAMPLES[name].load().fingerprint.startswith(FINGERPRINTS[name])


def test_gestures_have_unequal_lengths_and_people() -> None:
    collection = find_item_sample("gestures").load()
    assert collection.signals is not None
    assert collection.groups is not None
    assert len(set(collection.lengths.tolist())) > 20
    assert len(set(collection.groups)) == 10
    assert abs(float(collection.signals.values.mean())) < 1


def test_every_kind_of_content_has_a_sample() -> None:
    contents = {sample.load().content for sample in ITEM_SAMPLES.values()}
    assert contents == {"text", "numbers", "symbols"}


def test_an_unknown_sample_names_the_nearest() -> None:
    with pytest.raises(SpecError, match='Did you mean "gestures"'):
        find_item_sample("gesture")


def test_a_file_without_its_content_is_told() -> None:
    with pytest.raises(DataError, match="not its content"):
        load_items(ItemsDataSpec(source="file", name="a.csv"))
