"""From trained networks to tags: of the test part, and of sequences whose tags nobody knows."""

from __future__ import annotations

from lstm_core.data.items.splitting.split import PARTS
from lstm_core.export.code import Section, indent, join_definitions, write_function, write_literal
from lstm_core.export.kept_code import HAS_WEIGHTS, LOAD_NETWORKS, MODEL_FILE
from lstm_core.export.parts import ASKED
from lstm_core.tasks.tagging.export.data_file import CERTAINTY, ITEM, SAID, STEP, TAG, WORD
from lstm_core.tasks.tagging.export.story import Story
from lstm_core.tasks.tagging.export.training_code import list_given

_READ = f'''def read_fold():
    """Return the number of the fold whose networks the run kept."""
    return json.loads(Path("{MODEL_FILE}").read_text(encoding="utf-8"))["task"]["fold"]'''


def write_predicting(story: Story) -> Section:
    """Write ``predict``, ``choose_tags``, ``tabulate`` and what opens the run's networks."""
    read = [_READ] if story.num_folds > 1 else []
    blocks = [
        _write_predict(story),
        _write_choice(story),
        *read,
        LOAD_NETWORKS,
        _write_table(story),
    ]
    note = (
        "What several networks say is the mean of their probabilities."
        if story.is_mixed
        else "From what the network says to tags."
    )
    return Section("Predicting", note, join_definitions(blocks))


def _write_predict(story: Story) -> str:
    what = "stretches" if story.is_cut else "sequences"
    body = [
        'said = np.zeros((len(networks), len(some), max(PADDED), 2 * len(TAGS) + 1), "float32")',
        "for places in cut_by_length(np.arange(len(some)), sizes[some]):",
        "    batch = gather(steps, some[places])",
        "    for number, network in enumerate(networks):",
        "        found = network.predict_on_batch(batch)",
        "        said[number, places, : found.shape[1]] = found",
        "return said[0] if len(said) == 1 else mix_chains(said)"
        if story.is_mixed
        else "return said[0]",
    ]
    told = f"What networks say of {what}, by number; see TagChain."
    return write_function("predict(networks, steps, some)", told, body)


def _write_choice(story: Story) -> str:
    inside = "np.arange(said.shape[1]) < sizes[some][:, None]"
    told = "stretches.tell(said, some)" if story.is_cut else f"said[{inside}]"
    body = [
        f"told = {told}  # (steps, 2 * tags + 1)",
        'logs = told[:, len(TAGS) : -1].astype("float64")',
        "shares = np.exp(logs)",
        "shares /= np.maximum(shares.sum(axis=1, keepdims=True), 1e-300)",
    ]
    path = "chosen = told[:, -1].astype(int)"
    whole = "sizes[some]"
    conditions = []
    if story.is_cut:
        body.append("own = np.unique(stretches.sequences[some])")
        conditions.append("len(own) == len(some)")
        whole = "lengths[own]"
    if story.is_mixed:
        conditions.append("(told[:, -1] != UNSURE).all()")
    if conditions:
        best = f"choose_paths(logs, {whole}, True)"
        if not story.shape.marks_entities:
            best = "logs.argmax(axis=1)"
        why = " and ".join(["stretches"] * story.is_cut + ["networks"] * story.is_mixed)
        body += [
            f"if {' and '.join(conditions)}:",
            f"    {path}",
            f"else:  # no one path goes through {why}",
            f"    chosen = {best}",
        ]
    else:
        body.append(f"{path}  # the likeliest path")
    body.append("return chosen, shares[np.arange(len(chosen)), chosen]")
    told = "Each step's tag, by number, and how likely it is, one sequence behind another."
    return write_function("choose_tags(said, some)", told, body)


def _write_table(story: Story) -> str:
    columns = [ITEM, STEP, *([WORD] if story.is_words else []), TAG]
    listed = ", ".join(map(write_literal, columns))
    body = [
        "chosen, certainty = choose_tags(predict(networks, steps, some), some)",
        f"rows = table.loc[parts == part, [{listed}]]",
        "names = np.array(TAGS, object)[chosen]",
        f"return rows.assign({SAID}=names, {CERTAINTY}=certainty)",
    ]
    told = "A row for each step of a part."
    return write_function("tabulate(networks, steps, part, some)", told, body)


def write_judging(story: Story) -> list[Section]:
    """Write what is done with each fold: fit, train, predict the part that is kept apart."""
    blocks = _write_prepare(story), _write_members(story), _write_test()
    if story.num_folds == 1:
        column = f'parts = table["{story.columns[0]}"].to_numpy(object)'
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
        f"for number in range(1, {story.num_folds + 1}):",
        indent(
            [
                f"if {HAS_WEIGHTS} and number != read_fold():  # those of one are kept",
                "    continue",
                'parts = table[f"part in fold {number}"].to_numpy(object)',
                *blocks,
            ]
        ),
    ]
    note = (
        f"Every sequence is judged once, by networks that have not seen it. {_note_members(story)}"
    )
    return [Section("Fold by fold", note, "\n".join(loop))]


def _write_prepare(story: Story) -> str:
    names = [*PARTS, *([ASKED] if story.has_asked else [])]
    given = "words" if story.is_words else "values"
    return "\n".join(
        [
            *(f'{name} = np.flatnonzero(parts[starts] == "{name}")' for name in names),
            f'fitted = fit({given}[parts == "train"])',
            f"steps = make_steps(fitted, {given})",
        ]
    )


def _write_members(story: Story) -> str:
    training = story.spec.training
    count = training.num_seeds or 1
    begin = f"train_network(seed, {list_given(story)}, "
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


def _write_test() -> str:
    return 'tables.append(tabulate(networks, steps, "test", test))'


_ENTITIES = f'''def list_entities(tags):
    """Return every entity that a column of tags marks: of which sequence, from where, of what."""
    found = set()
    for item, own in tags.groupby(predictions["{ITEM}"], sort=False):
        found |= {{(item, *entity) for entity in find_entities(own.tolist())}}
    return found'''


def write_saving(story: Story) -> Section:
    code = [
        "predictions = pd.concat(tables)",
        'predictions.to_csv("predictions.csv", index=False)',
        f'is_right = predictions["{SAID}"] == predictions["{TAG}"]',
    ]
    if story.shape.marks_entities:
        code = [
            _ENTITIES,
            "\n",
            *code,
            f'there, told = (list_entities(predictions[name]) for name in ("{TAG}", "{SAID}"))',
            "f1 = 2 * len(there & told) / max(1, len(there) + len(told))",
            'print(f"entity F1 {f1:.3f}, right tags {is_right.mean():.1%}")',
        ]
    else:
        code += [
            f'there, told = (predictions[name].value_counts() for name in ("{TAG}", "{SAID}"))',
            f'right = predictions.loc[is_right, "{TAG}"].value_counts()',
            "f1 = (2 * right.reindex(there.index, fill_value=0)) / (",
            "    there + told.reindex(there.index, fill_value=0)",
            ")",
            'print(f"macro-F1 {f1.mean():.3f}, right tags {is_right.mean():.1%}")',
        ]
    note = "What was said of the test part"
    if story.has_asked:
        code += [
            "",
            f'answers = tabulate(networks, steps, "{ASKED}", {ASKED}).drop(columns="{TAG}")',
            'answers.to_csv("answers.csv", index=False)',
        ]
        note += ", and of sequences without tags"
    return Section("Results", f"{note}.", "\n".join(code))
