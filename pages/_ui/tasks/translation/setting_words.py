"""What the settings of translation are called, asked and explained as."""

from __future__ import annotations

from pages._ui.settings.setting_words import SettingWords

_YES_NO = {True: "Yes", False: "No"}
_UNITS = {
    "characters": "Characters: short texts, spellings",
    "words": "Words and marks: few forms of each",
    "pieces": "Pieces of words: sentences",
}

WORDS: dict[str, SettingWords] = {
    # What texts are cut into.
    "task.source_units": SettingWords(
        "Units of what is given",
        "What is the given text cut into?",
        "Tokens: what is read one by one. Characters suit dates, names and spellings; pieces of "
        "words (byte-pairs) suit sentences, for what is rare is put together from pieces; words "
        "know nothing of what they never met.",
        _UNITS,
    ),
    "task.target_units": SettingWords(
        "Units of what is wanted",
        "What is the wanted text put together from?",
        "Tokens: what is said one by one. It can say only what can be put together from them: from "
        "characters and pieces anything, from words those that it has met.",
        _UNITS,
    ),
    "task.source_vocabulary": SettingWords(
        "Vocabulary of what is given",
        "How many different units of the given text at most?",
        "Vocabulary: the most frequent units of the training part; all others are unknown.",
    ),
    "task.target_vocabulary": SettingWords(
        "Vocabulary of what is wanted",
        "How many different units of the wanted text at most?",
        "Vocabulary: the most frequent units of the training part. More of them say more, are seen "
        "less often each, and make every step slower.",
    ),
    "task.rarest": SettingWords(
        "Rarest unit",
        "How often must a unit occur?",
        "Least frequency in the training part. What is rarer counts as unknown: it is read as a "
        "gap, and never said.",
    ),
    "task.most_steps": SettingWords(
        "Longest text",
        "How many units may a text have?",
        "Longest length. Of a longer text the beginning alone is translated, and no longer one is "
        "learnt from. Time and memory grow with it.",
    ),
    # The network around the encoder.
    "task.embedding": SettingWords(
        "Width of a unit",
        "How many numbers stand for a unit?",
        "Embedding: the vector that is learnt for each unit. Wider ones can hold more, and need "
        "more pairs.",
    ),
    "task.attention": SettingWords(
        "Looking back",
        "Does it look back at the given text while it says a unit?",
        "Attention: for each unit it says, it weighs what of the given text matters. By a product "
        "(dot, Luong) is fast; by a small network (additive, Bahdanau) has more to learn. Without, "
        "all of the text has to fit into one state, which long texts don't.",
        {
            "dot": "Yes, by a product",
            "additive": "Yes, by a small network",
            "none": "No: all has to fit into one state",
        },
    ),
    "task.decoder_layers": SettingWords(
        "Layers that say",
        "How many layers say what is wanted?",
        "Depth of the decoder. More of them can learn what is harder, and learn slower.",
    ),
    "task.decoder_units": SettingWords(
        "Width of what says",
        "How wide are the layers that say what is wanted?",
        "Units of the decoder's LSTM. Wider ones can hold more; they learn more by heart as well.",
    ),
    "task.tied": SettingWords(
        "Said as it is read",
        "Is a unit said by the numbers that it is read by?",
        "Tied embeddings: far fewer weights where there are many different units.",
        {True: "Yes: by the same numbers", False: "No: each by its own"},
    ),
    # How it learns.
    "task.input_dropout": SettingWords(
        "Hidden at the input",
        "Which share of a unit's numbers is hidden while training?",
        "Dropout of the embeddings. Against learning the pairs by heart, above all where there are "
        "few of them; too much, and it learns slowly.",
        is_share=True,
    ),
    "task.head_dropout": SettingWords(
        "Hidden before it speaks",
        "How much is hidden before a unit is said?",
        "Dropout of the head. Against learning the pairs by heart, as well.",
        is_share=True,
    ),
    "task.smoothing": SettingWords(
        "Doubt",
        "How much doubt is left in what is right?",
        "Label smoothing: this share of certainty is spread over all units. A sentence can be said "
        "in several ways, and some doubt makes for better ones; where one answer is right, it "
        "does nothing.",
        is_share=True,
    ),
    "task.own_words": SettingWords(
        "Its own words",
        "How often does it go on from what it said itself while training?",
        "Scheduled sampling. While it learns, it is told the right beginning; while it translates, "
        "it goes on from its own, mistakes and all. Some of its own makes it steadier, and costs a "
        "second pass.",
        is_share=True,
    ),
    # How a translation is searched for.
    "task.beam": SettingWords(
        "Beginnings followed",
        "How many beginnings are followed at once?",
        "Beam search. 1 always takes the likeliest next unit, which may lead into a dead end; more "
        "of them find likelier translations and take as many times as long. Beyond ten they hardly "
        "help.",
    ),
    "task.length_penalty": SettingWords(
        "Length",
        "How much are longer translations favoured?",
        "Length penalty. The shorter a text, the likelier it is for that alone; this weighs it up. "
        "0: not at all. Where translations end too early, ask for more.",
    ),
    # How it is judged.
    "task.split": SettingWords(
        "What is kept apart",
        "What is kept apart to judge?",
        "Split. Any pairs, at random; with groups whole, which tells how good it is with new "
        "documents or people; or as the pairs say themselves.",
        {
            "stratified": "Any pairs",
            "grouped": "Any pairs, and groups stay whole",
            "given": "As the pairs say themselves",
        },
    ),
    "task.keep_copies_together": SettingWords(
        "Copies together",
        "Do pairs with the same source stay on one side?",
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
        "Cross-validation: every pair is judged once, by networks that have not seen it. Steadier "
        "with few pairs; each fold is a training. 1 for a single split.",
    ),
}
