"""What the settings of tagging are called, asked and explained as."""

from __future__ import annotations

from pages._ui.settings.setting_words import SettingWords

_YES_NO = {True: "Yes", False: "No"}

WORDS: dict[str, SettingWords] = {
    # What is read.
    "task.vocabulary": SettingWords(
        "Vocabulary",
        "How many words are told apart?",
        "Vocabulary: the most frequent words of the training part, whatever their capitals; all "
        "others count as unknown, and are known by their letters alone.",
    ),
    "task.rarest": SettingWords(
        "Rarest word",
        "How often must a word occur?",
        "Least frequency in the training part. Even a word that occurs once may be a name that "
        "comes again; where most of them are noise, ask for more.",
    ),
    "task.embedding": SettingWords(
        "Width of a word",
        "How many numbers stand for a word?",
        "Embedding: the vector that is learnt for each word. Wider ones can hold more, and need "
        "more sequences.",
    ),
    "task.spelling": SettingWords(
        "Spelling",
        "Are words read letter by letter as well?",
        "Character-level encoder. Endings, capitals and digits tell what a word is that was never "
        "met: without them, all unknown words look the same. An LSTM reads them both ways, and "
        "costs most of the time; a convolution is faster and sees short pieces alone.",
        {
            "lstm": "Yes, by an LSTM both ways",
            "convolution": "Yes, by a convolution",
            "none": "No, each word is one thing",
        },
    ),
    "task.letters": SettingWords(
        "Width of a spelling",
        "How many numbers stand for a word's letters?",
        "Size of the character-level encoder. More of them can hold longer endings and beginnings, "
        "and cost time.",
    ),
    "task.scaling": SettingWords(
        "Scaling",
        "How are numbers scaled?",
        "Scaling. By the training part keeps how large and how high a signal is; by sequence "
        "forgets that and leaves its shape, which helps where each person or device has a level "
        "of its own.",
        {
            "training": "All by the training part",
            "item": "Each sequence by its own level and spread",
            "none": "Leave values as they are",
        },
    ),
    "task.most_steps": SettingWords(
        "Longest stretch",
        "How many steps are read at once?",
        "Longest length. Longer sequences are read in stretches, each with some steps before and "
        "behind it. Time and memory grow with it; what lies further apart is not seen together.",
    ),
    # What is hidden while training.
    "task.hide": SettingWords(
        "Hidden words",
        "How much are rare words hidden while training?",
        "Word dropout by frequency: of a word that occurs n times, the share h / (h + n) is taken "
        "for unknown, so that spelling and neighbours are learnt from. 0 hides none.",
    ),
    "task.input_dropout": SettingWords(
        "Hidden numbers",
        "Which share of a step's numbers is hidden?",
        "Input dropout: the same numbers in all steps of a sequence at once. Against overfitting, "
        "above all with few sequences.",
        is_share=True,
    ),
    "task.jitter": SettingWords(
        "Noise",
        "How much noise is put on numbers while training?",
        "Jitter, in units of the scaled signal. Against learning a recording by heart.",
    ),
    # How tags are said.
    "task.chain": SettingWords(
        "Tags together",
        "Are a sequence's tags said together?",
        "Together: a linear-chain conditional random field (CRF), which learns which tag follows "
        "which and says the likeliest of all paths. Each by itself: softmax, which is faster and "
        "may say what does not go together.",
        {
            "crf": "Yes: each depends on the one before",
            "softmax": "No: each step by itself",
        },
    ),
    "task.head_dropout": SettingWords(
        "Dropout before tags",
        "How much is hidden before tags are said?",
        "Dropout of the head. Against overfitting, above all with few sequences.",
        is_share=True,
    ),
    # How it is judged.
    "task.split": SettingWords(
        "What is kept apart",
        "What is kept apart to judge?",
        "Split. Whole sequences, with tags spread evenly, at random; with groups whole, which "
        "tells how good it is with new documents or people; the newest, for what is to come; or as "
        "the data say.",
        {
            "stratified": "Tags spread evenly",
            "grouped": "Evenly, and groups stay whole",
            "time": "The newest sequences",
            "given": "As the sequences say themselves",
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
        "Cross-validation: every sequence is judged once, by networks that have not seen it. "
        "Steadier with few sequences; each fold is a training. 1 for a single split.",
    ),
}
