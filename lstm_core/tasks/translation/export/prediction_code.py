"""From trained networks to translations: of the test part, and of any text."""

from __future__ import annotations

from lstm_core.export.code import Section, indent, join_definitions, write_function
from lstm_core.export.kept_code import HAS_WEIGHTS, LOAD_NETWORKS, MODEL_FILE
from lstm_core.export.parts import ASKED
from lstm_core.tasks.translation.export.story import Story

_ASKING = '''def make_caller(network):
    """Return what calls a network again and again."""
    return lambda given: list(network.predict_on_batch(list(given)))'''
"""What ``Voice`` does with networks; the app has a quicker way."""

_OPEN_VOICE = '''def open_voice(networks):
    """Return what says translations by all networks together."""
    return Voice([halve_network(network, number) for number, network in enumerate(networks)])'''

_SAY = '''def say(voice, reading, texts):
    """Return what becomes of each text, and how certain its units are."""
    sources = [reading.encode_source(text) for text in texts]
    found = voice.translate(sources, reading.limit(sources), PLAN)
    best = [each[0] for each in found]
    certainty = [np.exp(each.log / max(len(each.numbers) + each.is_whole, 1)) for each in best]
    return [reading.target.decode(each.numbers) for each in best], np.array(certainty)'''

_TABULATE = '''def tabulate(voice, reading, some):
    """Return pairs with what is said of them, and how certain that is."""
    table = pd.DataFrame(some, columns=["id", "source", "target"])
    said, certainty = say(voice, reading, [each["source"] for each in some])
    return table.assign(said=said, certainty=certainty)'''

_WRITE = '''def write_table(table, name):
    """Write a table, in which no text is a formula of a spreadsheet's."""
    texts = table.columns.drop("certainty")
    guarded = table.assign(**{column: table[column].map(guard_text) for column in texts})
    guarded.to_csv(name, index=False, encoding="utf-8", errors="replace")'''

_READ_FOLD = f'''def read_fold():
    """Return the number of the fold whose networks the run kept."""
    return json.loads(Path("{MODEL_FILE}").read_text(encoding="utf-8"))["task"]["fold"]'''

_SCORES = '''def list_scores(said, targets):
    """Return how good translations are, by name; sacrebleu counts the words that are right."""
    is_exact = [one.split() == other.split() for one, other in zip(said, targets)]
    found = {{"exact match": 100.0 * np.mean(is_exact)}}
    try:
        from sacrebleu.metrics import BLEU, CHRF
    except ImportError:
        print("BLEU and chrF need sacrebleu.")
        return found
    bleu, chrf = BLEU(tokenize="{cut}", force=True), CHRF()
    found["BLEU"] = bleu.corpus_score(said, [targets]).score
    found["chrF"] = chrf.corpus_score(said, [targets]).score
    return found'''


def write_saying(story: Story) -> Section:
    """Write ``open_voice``, ``say``, ``tabulate`` and what opens the run's networks."""
    task = story.spec.task
    read = [_READ_FOLD] if story.num_folds > 1 else []
    plan = f"PLAN = Plan(beam={task.beam}, length_penalty={task.length_penalty})"
    blocks = [_ASKING, _OPEN_VOICE, plan, _SAY, _TABULATE, *read, LOAD_NETWORKS]
    note = "Several beginnings of a translation are followed at once, and the best end is taken."
    return Section("Translating", note, join_definitions(blocks))


def write_judging(story: Story) -> list[Section]:
    """Write what is done with each fold: fit, train, translate the part that is kept apart."""
    blocks = _PREPARE, _write_members(story), _TEST
    if story.num_folds == 1:
        notes = (
            "What is fitted sees the training part alone.",
            _note_members(story),
            "No network has seen anything of it.",
        )
        titles = ("Preparing", "Networks", "The test part")
        first, *others = (Section(*each) for each in zip(titles, notes, blocks, strict=True))
        begin = f'tables = []\npart = "{story.columns[0]}"\n{first.code}'
        return [Section(first.title, first.note, begin), *others]
    loop = [
        "tables = []",
        f"for number in range(1, {story.num_folds + 1}):",
        indent(
            [
                f"if {HAS_WEIGHTS} and number != read_fold():  # those of one are kept",
                "    continue",
                'part = f"part in fold {number}"',
                *blocks,
            ]
        ),
    ]
    note = f"Every pair is judged once, by networks that have not seen it. {_note_members(story)}"
    return [Section("Fold by fold", note, "\n".join(loop))]


_PREPARE = "\n".join(
    [
        "parts = np.array([each[part] for each in known])",
        'reading = Reading(np.flatnonzero(parts == "train"))',
        "table = Table(reading, parts)",
        'train = np.flatnonzero((parts == "train") & table.is_whole)',
        'validation = np.flatnonzero((parts == "validation") & table.is_whole)',
    ]
)

_TEST = "\n".join(
    [
        "voice = open_voice(networks)",
        'tables.append(tabulate(voice, reading, [each for each in known if each[part] == "test"]))',
    ]
)


def _write_members(story: Story) -> str:
    training = story.spec.training
    count = training.num_seeds or 1
    begin = "train_network(seed, table, "
    if not training.retrain:
        each = [f"networks.append({begin}train, validation, EPOCHS))"]
    elif not story.validates:
        each = [f"networks.append({begin}both, EPOCHS))"]
    else:
        each = [
            f"_, best_epoch = {begin}train, validation, EPOCHS)",
            f"network, _ = {begin}both, None, best_epoch)",
            "networks.append(network)",
        ]
    both = ["both = np.concatenate([train, validation])"] if training.retrain else []
    trained = [*both, "networks = []", f"for seed in range(SEED, SEED + {count}):", indent(each)]
    return "\n".join(
        [
            f"if {HAS_WEIGHTS}:",
            "    networks = load_networks()",
            "else:",
            indent(trained),
        ]
    )


def _note_members(story: Story) -> str:
    training = story.spec.training
    count = training.num_seeds or 1
    note = "One network." if count == 1 else f"{count} networks that begin at other weights."
    if training.retrain:
        note += (
            " Each trains on the training and the validation part together."
            if not story.validates
            else " Each trains anew on both parts, for as long as validation has chosen."
        )
    return note


def write_saving(story: Story) -> Section:
    """Write what is kept and printed of the translations."""
    code = [
        "predictions = pd.concat(tables, ignore_index=True)",
        'write_table(predictions, "predictions.csv")',
        'scores = list_scores(predictions["said"].tolist(), predictions["target"].tolist())',
        'print(", ".join(f"{name} {score:.2f}" for name, score in scores.items()))',
    ]
    note = "What becomes of the test part"
    if story.has_asked:
        code += [
            f'asked = [each for each in pairs if each["{story.columns[0]}"] == "{ASKED}"]',
            'answers = tabulate(voice, reading, asked).drop(columns="target")',
            'write_table(answers, "answers.csv")',
        ]
        note += ", and of texts without a partner"
    blocks = [_WRITE, _SCORES.format(cut=story.cut), "\n".join(code)]
    return Section("Results", f"{note}.", join_definitions(blocks))


def write_translating(story: Story) -> Section:
    """Write ``translate``, for any text."""
    told = "Return what becomes of a text."
    code = [
        write_function("translate(text)", told, ["return say(voice, reading, [text])[0][0]"]),
        "\n",
        'example = predictions["source"].iloc[0]',
        'print(f"{example!r} -> {translate(example)!r}")',
    ]
    return Section("Any text", "Put your own text in.", "\n".join(code))
