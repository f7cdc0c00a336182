"""What the settings of telling sequences apart are called, asked and explained as."""

from __future__ import annotations

from pages._ui.settings.setting_words import SettingWords

_YES_NO = {True: "Yes", False: "No"}

WORDS: dict[str, SettingWords] = {
    # What is read.
    "task.tokens": SettingWords(
        "Tokens",
        "What is one step of an item?",
        "Tokens. Words carry most of a text's meaning; characters forgive misspelling and make "
        "long items; pieces of several symbols catch motifs in DNA and proteins.",
        {
            "words": "A word",
            "characters": "A character or symbol",
            "kmers": "Several symbols in a row",
        },
    ),
    "task.kmer": SettingWords(
        "Length of a piece",
        "How many symbols make a piece?",
        "k of the k-mers. Longer pieces are more telling, and each is seen less often.",
    ),
    "task.vocabulary": SettingWords(
        "Vocabulary",
        "How many tokens are told apart?",
        "Vocabulary: the most frequent tokens of the training part; all others count as unknown. "
        "More of them cost memory, and rare ones are hardly learnt.",
    ),
    "task.rarest": SettingWords(
        "Rarest token",
        "How often must a token occur?",
        "Least frequency in the training part. What occurs once can't be learnt, and teaches the "
        "network what unknown tokens look like.",
    ),
    "task.most_steps": SettingWords(
        "Longest item",
        "How many steps of an item are read?",
        "Longest length, from the beginning; what comes after is not seen. Time grows with it.",
        nothing="all",
    ),
    "task.scaling": SettingWords(
        "Scaling",
        "How are numbers scaled?",
        "Scaling. By item forgets how large and how high a signal is and leaves its shape; by the "
        "training part keeps that, which several channels often need.",
        {
            "item": "Each item by its own level and spread",
            "training": "All by the training part",
            "none": "Leave values as they are",
        },
    ),
    # Around the network.
    "task.embedding": SettingWords(
        "Width of a token",
        "How many numbers stand for a token?",
        "Embedding: the vector that is learnt for each token. Wider ones can hold more, and need "
        "more items.",
    ),
    "task.places": SettingWords(
        "Places",
        "Does it learn where a step stands?",
        "Position embedding: a vector for each place as well. For sequences that are aligned, such "
        "as DNA around one site; it needs items of one length.",
        _YES_NO,
    ),
    "task.convolutions": SettingWords(
        "Convolutions",
        "How many convolutions come first?",
        "Convolutions find local shapes, each over what the one before has found. 0 for none.",
    ),
    "task.kernel": SettingWords(
        "Reach of a convolution",
        "How many steps does one see at once?",
        "Kernel size. Longer finds longer shapes, and costs time.",
    ),
    "task.filters": SettingWords(
        "Shapes",
        "How many shapes does it look for?",
        "Filters of the last convolution. More can tell more apart, and overfit sooner.",
    ),
    "task.shorten": SettingWords(
        "Steps made one",
        "How many steps become one?",
        "Pooling stride before the recurrent layers: the largest of so many steps is kept. Long "
        "items are only learnt well when they are made short; 1 for none.",
    ),
    "task.pooling": SettingWords(
        "What decides",
        "What of the steps decides?",
        "Pooling: how the last layer's steps become one answer. The largest finds a single telling "
        "word; the mean weighs all; attention learns where to look, and can be looked at.",
        {
            "mean_max": "Their mean and their largest",
            "mean": "Their mean",
            "max": "Their largest",
            "last": "The last one",
            "attention": "Attention: a learnt weighing",
            "each": "Each one in its place",
        },
    ),
    "task.head_dropout": SettingWords(
        "Dropout before the answer",
        "How much is hidden before the label is said?",
        "Dropout of the head. Against overfitting, above all with few items.",
        is_share=True,
    ),
    # What is hidden while training.
    "task.hide": SettingWords(
        "Hidden tokens",
        "Which share of tokens is hidden while training?",
        "Word dropout: they become unknown, so that no label hangs on a single one.",
        is_share=True,
    ),
    "task.spatial_dropout": SettingWords(
        "Hidden numbers",
        "Which share of a token's numbers is hidden?",
        "Spatial dropout: the same numbers in all steps of an item at once.",
        is_share=True,
    ),
    "task.jitter": SettingWords(
        "Noise",
        "How much noise is put on numbers while training?",
        "Jitter, in units of the scaled signal. Against learning a recording by heart.",
    ),
    "task.stretch": SettingWords(
        "Stretching",
        "How much larger or smaller are signals made?",
        "Scaling at random: each channel, item by item, by up to such a share.",
        is_share=True,
    ),
    "task.crop": SettingWords(
        "Cropping",
        "What is the shortest share of a signal that is shown?",
        "Random crops while training: so a label hangs on no single place.",
        is_share=True,
    ),
    "task.class_weights": SettingWords(
        "Weight of labels",
        "Does each label count the same?",
        "Class weights: with them, a mistake on a rare label costs more, in proportion. Rare "
        "labels are found more often, and frequent ones given by mistake less seldom.",
        {"none": "No, each item does", "balanced": "Yes, however few items it has"},
    ),
    "task.label_smoothing": SettingWords(
        "Label smoothing",
        "How much certainty is taken away?",
        "Label smoothing: the share of certainty that is spread over the other labels while "
        "training. Against over-confidence and labels that are wrong.",
        is_share=True,
    ),
    "task.focus": SettingWords(
        "Focus on the hard",
        "How much less do easy items count?",
        "Gamma of the focal loss: 0 counts all alike, 2 is usual. For labels of which one is "
        "rare and hard.",
    ),
    # How it is judged.
    "task.split": SettingWords(
        "What is kept apart",
        "What is kept apart to judge?",
        "Split. Labels evenly, at random; with groups whole, which tells how good it is with new "
        "people, patients or documents; the newest, for what is to come; or as the data say.",
        {
            "stratified": "Labels spread evenly",
            "grouped": "Evenly, and groups stay whole",
            "time": "The newest items",
            "given": "As the items say themselves",
        },
    ),
    "task.keep_copies_together": SettingWords(
        "Copies together",
        "Do exact copies stay on one side?",
        "Without it, what is judged may have been learnt by heart: the result is then better than "
        "what will come. It is for showing by how much.",
        _YES_NO,
    ),
    "task.test_fraction": SettingWords(
        "Test part",
        "Which share is kept for the test?",
        "Test part: never seen in training. The verdict comes from it.",
        is_share=True,
    ),
    "task.validation_fraction": SettingWords(
        "Validation part",
        "Which share decides when to stop?",
        "Validation part, of what is left. A larger one is a better judge and leaves less to "
        "learn from.",
        is_share=True,
    ),
    "task.num_folds": SettingWords(
        "Folds",
        "In how many folds is it judged?",
        "Cross-validation: every item is judged once, by networks that have not seen it. Steadier "
        "with few items; each fold is a training. 1 for a single split.",
    ),
    "task.calibrate": SettingWords(
        "Calibration",
        "Is its certainty put right?",
        "Temperature scaling, fitted on the validation part: of what it says with 80% certainty, "
        "four in five should then be right. Labels stay as they are.",
        _YES_NO,
    ),
}
