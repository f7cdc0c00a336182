"""From trained networks to how likely each unit of held-out text is, and to text of their own."""

from __future__ import annotations

from lstm_core.export.code import Section, join_definitions, write_function
from lstm_core.export.kept_code import HAS_WEIGHTS, LOAD_NETWORKS
from lstm_core.tasks.language.export.story import Story

ASKING = '''def list_states(network):
    """Return the inputs of a network that its state goes into."""
    return network.inputs[1:]


def make_caller(network):
    """Return what calls a network again and again."""
    return lambda given: list(network.predict_on_batch(list(given)))'''
"""What ``Scorer`` and ``Hand`` do with networks; the app has a quicker way."""

_TABULATE = """def tabulate(networks):
    passages, tables = zip(*(make_passage(each) for each in stretches if each["part"] == "test"))
    said = [Scorer(network).score(passages) for network in networks]
    logs = said[0] if len(said) == 1 else mix_probabilities(said)
    return pd.concat(tables, ignore_index=True).assign(log=logs)"""


def write_networks(story: Story) -> Section:
    """Write what trains the networks, or opens those of the run."""
    training = story.spec.training
    count = training.num_seeds or 1
    code = "\n".join(
        [
            f"if {HAS_WEIGHTS}:",
            "    networks = load_networks()",
            "else:",
            f"    seeds = range(SEED, SEED + {count})",
            "    networks = [train_network(seed, EPOCHS) for seed in seeds]",
        ]
    )
    note = "One network." if count == 1 else f"{count} networks that begin at other weights."
    return Section("Networks", note, join_definitions([LOAD_NETWORKS, code]))


def write_judging(story: Story) -> Section:
    code = [
        "predictions = tabulate(networks)",
        'predictions.to_csv("predictions.csv", index=False)',
        'num_characters = (predictions["stop"] - predictions["start"]).sum()',
        'nats = -predictions["log"].sum() / num_characters',
        'perplexity = np.exp(-predictions["log"].mean())',
        'print(f"{nats:.4f} nats a character, perplexity {perplexity:.3f}")',
    ]
    note = "How likely each unit of the test part is, given those before it."
    return Section("The test part", note, join_definitions([_TABULATE, "\n".join(code)]))


def write_writing(story: Story) -> Section:
    body = [
        "wish = Wish(",
        "    units.encode(prompt),",
        "    length,",
        "    sampling=Sampling(temperature, top_k, top_p),",
        "    seed=seed,",
        ")",
        "numbers = [each.numbers for each in hand.write(wish)]",
        "return units.decode(np.concatenate(numbers))",
    ]
    head = 'write_on(prompt="", length=400, temperature=0.8, top_k=None, top_p=1.0, seed=0)'
    told = "How a text goes on from a prompt; length in units."
    code = "\n".join(
        ["hand = Hand(networks)", "\n", write_function(head, told, body), "\n", "print(write_on())"]
    )
    return Section("Writing", "Change the prompt, the temperature and the seed.", code)
