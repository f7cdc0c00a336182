"""From trained networks to labels: of the test part, and of items whose label nobody knows."""

from __future__ import annotations

from lstm_core.data.items.splitting.split import PARTS
from lstm_core.export.code import Section, indent, join_definitions
from lstm_core.export.kept_code import HAS_WEIGHTS, LOAD_NETWORKS, MODEL_FILE
from lstm_core.export.parts import ASKED
from lstm_core.export.source import cut_definitions
from lstm_core.tasks.classification.export.sources import SOURCES
from lstm_core.tasks.classification.export.story import Story

_PREDICT = '''def predict(networks, steps):
    """Return the mean of the networks' probabilities, (items, labels)."""
    said = np.zeros((len(networks), len(steps), len(LABELS)))
    lengths = np.array([len(item) for item in steps])
    for some in cut_by_length(np.arange(len(steps)), lengths):
        batch = pad([steps[item] for item in some])
        for number, network in enumerate(networks):
            said[number, some] = network.predict_on_batch(batch)
    return np.mean(np.exp(said), axis=0)'''

_READ = f'''def read_kept():
    """Return what the run kept beside its networks: the temperature, and the fold that they saw."""
    return json.loads(Path("{MODEL_FILE}").read_text(encoding="utf-8"))["task"]'''

_TABULATE = """def tabulate(items, said):
    columns = {"item": ids[items], "label": given[items]}
    columns["said"] = np.array(LABELS, object)[said.argmax(axis=1)]
    table = pd.DataFrame(columns | {"certainty": said.max(axis=1)})
    for number, label in enumerate(LABELS):
        table[f"probability: {label}"] = said[:, number]
    return table"""


def write_predicting(story: Story) -> Section:
    """Write ``predict``, ``load_networks`` and ``tabulate``."""
    blocks = [_PREDICT, _READ, LOAD_NETWORKS, _TABULATE]
    return Section(
        "Predicting", "What several networks say is their mean.", join_definitions(blocks)
    )


def write_judging(story: Story) -> list[Section]:
    """Write what is done with each fold: fit, train, predict the part that is kept apart."""
    blocks = _write_prepare(story), _write_members(story), _write_test()
    if story.num_folds == 1:
        column = f'parts = table["{story.columns[0]}"].to_numpy()'
        notes = (
            "What is fitted sees the training part alone.",
            _note_members(story),
            "No network has seen anything of it.",
        )
        titles = ("Preparing", "Networks", "The test part")
        first, *others = (Section(*each) for each in zip(titles, notes, blocks, strict=True))
        begin = Section(first.title, first.note, "\n".join(["tables = []", column, first.code]))
        return [begin, *others]
    loop = [
        "tables = []",
        f"for fold in range(1, {story.num_folds + 1}):",
        indent(
            [
                f'if {HAS_WEIGHTS} and fold != read_kept()["fold"]:  # those of one are kept',
                "    continue",
                'parts = table[f"part in fold {fold}"].to_numpy()',
                *blocks,
            ]
        ),
    ]
    note = f"Every item is judged once, by networks that have not seen it. {_note_members(story)}"
    return [Section("Fold by fold", note, "\n".join(loop))]


def _write_prepare(story: Story) -> str:
    names = [*PARTS, *([ASKED] if story.has_asked else [])]
    return "\n".join(
        [
            *(f'{name} = np.flatnonzero(parts == "{name}")' for name in names),
            "fitted = fit([items[item] for item in train])",
            "steps = [make_steps(fitted, item) for item in items]",
        ]
    )


def _write_members(story: Story) -> str:
    training = story.spec.training
    seeds = f"range(SEED, SEED + {training.num_seeds or 1})"
    call = "train_network(seed, steps, train, validation, EPOCHS)"
    if not training.retrain:
        trained = [f"networks = judged = [{call} for seed in {seeds}]"]
    else:
        # A rate that is planned to fall to 0 takes another course in fewer epochs.
        epochs = "EPOCHS" if training.plans_rate else "best_epoch"
        trained = [
            "networks, judged = [], []",
            f"for seed in {seeds}:",
            f"    network, best_epoch = {call}",
            "    judged.append(network)",
            "    everything = np.concatenate([train, validation])",
            f"    network, _ = train_network(seed, steps, everything, None, {epochs})",
            "    networks.append(network)",
        ]
    if story.spec.task.calibrate:
        trained += [
            "known = validation[labels[validation] >= 0]",
            "said = predict(judged, [steps[item] for item in known])",
            "temperature = choose_temperature(labels[known], said)",
        ]
    else:
        trained.append("temperature = 1.0")
    return "\n".join(
        [
            f"if {HAS_WEIGHTS}:",
            "    networks = load_networks()",
            '    temperature = read_kept()["temperature"]',
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
            " Each trains anew on the training and the validation part."
            if training.plans_rate
            else " Each trains anew on both parts, for as long as validation has chosen."
        )
    if story.spec.task.calibrate:
        note += " A temperature that is fitted on the validation part makes certainty honest."
    return note


def _write_test() -> str:
    return "\n".join(
        [
            "said = temper(predict(networks, [steps[item] for item in test]), temperature)",
            "tables.append(tabulate(test, said))",
        ]
    )


def write_saving(story: Story) -> Section:
    code = [
        "predictions = pd.concat(tables)",
        'predictions.to_csv("predictions.csv", index=False)',
        'is_right = predictions["said"] == predictions["label"]',
        'by_label = is_right.groupby(predictions["label"]).mean()',
        'print(f"accuracy {is_right.mean():.3f}, balanced {by_label.mean():.3f}")',
    ]
    note = "What was said of the test part"
    if story.has_asked:
        code += [
            "",
            f"said = temper(predict(networks, [steps[item] for item in {ASKED}]), temperature)",
            f'answers = tabulate({ASKED}, said).drop(columns="label")',
            'answers.to_csv("answers.csv", index=False)',
            "print(answers.to_string(index=False))",
        ]
        note += ", and of items without a label"
    return Section("Results", f"{note}.", "\n".join(code))


def write_certainty(story: Story) -> Section:
    """Write ``temper`` and, where it is fitted, ``choose_temperature``."""
    names = "temper, choose_temperature" if story.spec.task.calibrate else "temper"
    code = join_definitions(cut_definitions(names, SOURCES))
    note = "The more is divided by, the less certain is what is said."
    return Section("Certainty", note, code)
