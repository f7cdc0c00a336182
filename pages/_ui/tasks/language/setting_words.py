"""What the settings of writing on are called, asked and explained as."""

from __future__ import annotations

from pages._ui.settings.setting_words import SettingWords

WORDS: dict[str, SettingWords] = {
    # What is read.
    "task.units": SettingWords(
        "Units",
        "What is text cut into?",
        "Tokens: what is read and written one by one. Characters need no choice of words and can "
        "spell anything; words see further back, and what they don't know they can neither read "
        "nor write; pieces of words (byte-pairs) lie between. Figures for each character can be "
        "compared, whatever the units are.",
        {
            "characters": "Characters: little text, any language",
            "words": "Words and marks: much text, few forms",
            "pieces": "Pieces of words: much text, many forms",
        },
    ),
    "task.vocabulary": SettingWords(
        "Vocabulary",
        "How many different units at most?",
        "Vocabulary: the most frequent units of the training part; all others are unknown. More "
        "of them say more, are seen less often each, and make every step slower.",
    ),
    "task.rarest": SettingWords(
        "Rarest unit",
        "How often must a unit occur?",
        "Least frequency in the training part. What is rarer counts as unknown: it is read as a "
        "gap, and never written.",
    ),
    "task.steps": SettingWords(
        "Stretch",
        "Through how many units is an error followed back?",
        "Truncated backpropagation through time. What is remembered goes on from one stretch to "
        "the next; what has to be remembered is learnt within one. Longer ones learn what lies "
        "further apart, and take more time and memory.",
    ),
    "task.embedding": SettingWords(
        "Width of a unit",
        "How many numbers stand for a unit?",
        "Embedding: the vector that is learnt for each unit. Wider ones can hold more, and need "
        "more text.",
    ),
    "task.tied": SettingWords(
        "Said as it is read",
        "Is a unit said by the numbers that it is read by?",
        "Tied embeddings: far fewer weights where there are many different units. Few different "
        "ones are better read and said by numbers of their own.",
        {True: "Yes: by the same numbers", False: "No: each by its own"},
    ),
    # What is hidden while training.
    "task.input_dropout": SettingWords(
        "Hidden at the input",
        "Which share of a unit's numbers is hidden while training?",
        "Dropout of the embedding. Against learning the text by heart, above all where there is "
        "little of it; too much, and it learns slowly.",
        is_share=True,
    ),
    "task.head_dropout": SettingWords(
        "Hidden before it speaks",
        "How much is hidden before the next unit is said?",
        "Dropout of the head. Against learning the text by heart, as well.",
        is_share=True,
    ),
    # How it is judged.
    "task.split": SettingWords(
        "What is kept apart",
        "What is kept apart to judge?",
        "Split. The end of each text tells how well it goes on with what it knows; whole texts, "
        "how well it does with new ones; with groups whole, with new authors or books; or as the "
        "texts say themselves.",
        {
            "end": "The end of each text",
            "documents": "Whole texts",
            "grouped": "Whole texts, none of one group on two sides",
            "given": "As the texts came",
        },
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
}
