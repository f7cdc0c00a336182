"""What the settings of a forecast are called, asked and explained as."""

from __future__ import annotations

from lstm_core.tasks.forecasting.framing.calendar import CYCLE_TITLES
from pages._ui.settings.setting_words import SettingWords

WORDS: dict[str, SettingWords] = {
    "data.fill": SettingWords(
        "Gaps",
        "How should gaps be filled?",
        "Filled values help the network to read; they never count in its errors. What is filled "
        "with is known at the time, or lies between a gap's neighbours.",
        {
            "interpolate": "On a straight line between the neighbours",
            "previous": "With the value before",
            "mean": "With the mean of all values before",
            "season": "As one season before, shifted to fit",
            "drop": "Not at all: no window that reads one is learnt from",
        },
    ),
    "data.static": SettingWords(
        "Describes the series",
        "Which columns describe the series?",
        "Static columns: the same in all rows of a series, such as a shop's size or its region. "
        "They tell the series from each other.",
        nothing="none",
    ),
    "data.levels": SettingWords(
        "Most texts of a column",
        "How many texts of a column are told apart?",
        "Of a covariate with more different texts than this, those that come most often are inputs "
        "of their own, and all others are one. A column of up to as many is an input by itself, "
        "where nobody chose others. More of them are more to learn.",
    ),
    "data.resample": SettingWords(
        "Put together",
        "Put rows together into longer steps?",
        "Resampling, before all else. A step holds the rows from its beginning up to the next "
        "one's; steps at the ends that lack rows are left out.",
        nothing="rows as they are",
    ),
    "data.aggregate": SettingWords(
        "Made of each step",
        "What is made of a step's rows?",
        "Aggregate of the targets. Covariates are averaged, and of yes and no, one yes is enough.",
        {
            "sum": "Their sum",
            "mean": "Their mean",
            "last": "The last of them",
            "min": "The smallest",
            "max": "The largest",
        },
    ),
    "data.missing_future": SettingWords(
        "Known-future columns that end early",
        "What if those end before the forecast does?",
        "Known-future covariates have to be given for the whole horizon. Without their future, "
        "the network reads their past alone.",
        {"refuse": "Tell me", "ignore": "Forecast without their future"},
    ),
    "task.horizon": SettingWords(
        "Horizon",
        "How many steps ahead?",
        "Horizon: steps predicted. Each step further ahead is harder, and takes a step away from "
        "what can be learnt.",
    ),
    "task.lookback": SettingWords(
        "Lookback",
        "How far does it look back?",
        "Lookback: input steps. Longer sees more seasons, and costs time and rows.",
    ),
    "task.season": SettingWords(
        "Season",
        "How long is a season?",
        "Season: steps after which the pattern returns; 1 for none. The baselines and the "
        "segments go by it.",
    ),
    "task.strategy": SettingWords(
        "Strategy",
        "All steps at once, or one after another?",
        "Direct: one network predicts the whole horizon. Recursive: it predicts one step and is "
        "fed its own prediction; good to learn from, but its errors add up.",
        {"direct": "All at once", "recursive": "One after another"},
    ),
    "task.transform": SettingWords(
        "Transform",
        "What is done to the values first?",
        "Transform of a positive target, so that its swings do not grow with its level. "
        "Predictions are turned back.",
        {"none": "Nothing", "log": "Logarithm", "boxcox": "Box-Cox: between both, fitted"},
    ),
    "task.calendar": SettingWords(
        "Calendar",
        "What is it told of the calendar?",
        "Calendar features: each is a sine and a cosine of the row's time, known ahead as well. "
        "They help where habits go by the clock or the date, above all those longer than it looks "
        "back. Each adds two columns: a little more time and, with few rows, more overfitting.",
        CYCLE_TITLES,
        nothing="nothing",
    ),
    "task.calendar_tried": SettingWords(
        "Calendar to try",
        "What of the calendar is tried?",
        "Calendar features that the network reads where validation finds that they help.",
        CYCLE_TITLES,
        nothing="nothing",
    ),
    "task.calendar_read": SettingWords(
        "Calendar that is tried",
        "Does it read the rest of the calendar as well?",
        "What goes round at least twice in the training part, such as the day of the year, beside "
        "what was asked for. Auto costs a short training, and leaves out what does not help.",
        {"all": "Yes", "none": "No"},
        undecided="It is tried, and the validation part chooses.",
    ),
    "task.categories": SettingWords(
        "Categories",
        "How is it told a category's level?",
        "One-hot: each level is an input of its own. Embedded: a few numbers stand for each level, "
        "and which ones is learnt, so that many levels cost little and similar ones can come to "
        "lie close together. Levels that are not told apart are one, at zero.",
        {"one_hot": "A column for each level (one-hot)", "embedded": "Learnt numbers (embedded)"},
    ),
    "task.outliers": SettingWords(
        "Outliers",
        "What is done with outliers?",
        "Outliers of targets and past covariates are drawn in where the network reads and learns, "
        "by limits that the training part sets. What it is judged by stays as it was observed.",
        {
            "none": "Nothing",
            "clip": "Clipped: far beyond the middle half (IQR)",
            "hampel": "Hampel: far from the eleven rows before, replaced by their median",
        },
    ),
    "task.holidays": SettingWords(
        "Holidays",
        "Whose holidays is it told of?",
        "Public holidays, known ahead as well: 1 on a holiday, else 0. They help where habits "
        "change on such days and the data hold some of them.",
        nothing="nobody's",
    ),
    "task.holiday_neighbours": SettingWords(
        "Beside holidays",
        "Of the days before and after, too",
        "The day before and the day after a holiday are marked in columns of their own.",
        {True: "Yes", False: "No"},
    ),
    "task.exchange": SettingWords(
        "Trading days",
        "Whose trading days is it told of?",
        "The days on which an exchange trades, known ahead as well: 1 on such a day, else 0.",
        nothing="no exchange's",
    ),
    "task.lags": SettingWords(
        "Lags",
        "Which earlier values is it shown beside each?",
        "Lags: how many rows back, separated by commas, such as 364. They show what lies further "
        "back than it looks. Each adds a column for each target.",
        nothing="none",
    ),
    "task.rolling": SettingWords(
        "Rolling windows",
        "Over how many rows is it shown statistics?",
        "Rolling statistics of the rows up to each, such as the mean of the last 28: numbers of "
        "rows, separated by commas. Each adds a column for each statistic and target.",
        nothing="none",
    ),
    "task.statistics": SettingWords(
        "Rolling statistics",
        "Which statistics?",
        "What is computed of the rows in each rolling window.",
        {"mean": "Mean", "std": "Spread", "min": "Smallest", "max": "Largest"},
        nothing="none",
    ),
    "task.changes": SettingWords(
        "Changes",
        "Which changes is it shown beside the values?",
        "A difference is the step from the row before; a return is that step as a share of the "
        "value before, as for prices.",
        {"difference": "Differences", "return": "Returns"},
        nothing="none",
    ),
    "task.products": SettingWords(
        "Products",
        "Which columns are multiplied?",
        "Polynomials and interactions: powers of the chosen columns, and each two multiplied. For "
        "effects that grow with each other, such as price and promotion.",
        nothing="none",
    ),
    "task.degree": SettingWords(
        "Degree",
        "How many are multiplied at most?",
        "Degree: 2 adds squares and products of two; 3 adds cubes and products of three.",
    ),
    "task.mask": SettingWords(
        "Gaps are shown",
        "Tell it which values were filled",
        "A mask: a column that is 1 where a target was observed and 0 where it was filled. It "
        "helps where gaps mean something, or are long.",
        {True: "Yes", False: "No"},
    ),
    "task.floor": SettingWords(
        "Lowest forecast",
        "Can values be below zero?",
        "A floor for forecasts and both ends of their ranges. Left to the data, it holds for "
        "targets that are never negative in the training part, and look as if they could not be.",
        {
            "zero": "No: forecasts keep to zero or above",
            "counts": "Not whole numbers, nor amounts that often are nothing",
            "none": "Yes: no limit",
        },
        nothing="as the values say",
        undecided="Values may cross zero: no limit.",
    ),
    "task.scaling": SettingWords(
        "Scaling",
        "How are columns scaled?",
        "Scaling, fitted on the training part only. Networks learn best from numbers around 0; "
        "without it, a column of large numbers drowns the others.",
        {
            "standard": "To mean 0 and spread 1",
            "minmax": "To the range 0 to 1",
            "none": "Leave values as they are",
        },
    ),
    "task.season_ahead": SettingWords(
        "Earlier seasons",
        "With which season may predictions begin?",
        "Seasonal lags: a mean over the same time in earlier seasons, such as this hour in the "
        "last four weeks. The network then learns what that leaves. In steps, of which as many "
        "seasons are taken as the horizon is long; 0 for none.",
    ),
    "task.window_normalisation": SettingWords(
        "Taken from each window",
        "What is taken from each window?",
        "Window normalisation: taken from the target before the network sees it, and given back "
        "to its prediction. It lets the level drift. Auto costs a short training for each.",
        {
            "last_value": "Its last value",
            "mean_std": "Its mean and spread",
            "none": "Nothing",
            "season": "What earlier seasons say",
            "season_level": "What earlier seasons say, at the last one's level",
        },
        undecided="Each is tried, and the validation part chooses.",
    ),
    "task.covariates": SettingWords(
        "Covariates",
        "Which of the other columns does the network read?",
        "Covariates of the table. What says nothing of the future makes a network worse. Auto "
        "costs a short training for each, and leaves out what does not help.",
        {
            "all": "All of them",
            "known_ahead": "Those that are known ahead",
            "none": "None",
        },
        undecided="Each is tried, and the validation part chooses.",
    ),
    "task.ranges": SettingWords(
        "Ranges",
        "Where do the ranges come from?",
        "Prediction intervals. Learnt quantiles are wide where the series is wild; past errors "
        "are one width for each step. Both are calibrated on errors it had not learnt from.",
        {"quantile": "The network learns quantiles", "residuals": "Past errors alone"},
    ),
    "task.shrink": SettingWords(
        "Mixed with a baseline",
        "Is something else mixed in?",
        "Shrinkage: the prediction is drawn towards the best baseline or the pre-trained LSTM, as "
        "far as that helps on rows held out. Where the network fails on the test part, what "
        "lies beyond the data is left to the best baseline.",
        {True: "Yes, as far as it helps", False: "No, the network alone"},
    ),
    "task.validation_fraction": SettingWords(
        "Validation part",
        "Which share decides when to stop?",
        "Validation part: the rows before the test part. A larger one is a better judge and "
        "leaves less to learn from.",
        is_share=True,
    ),
    "task.test_fraction": SettingWords(
        "Test part",
        "Which share is kept for the test?",
        "Test part: the last rows, never seen in training. The verdict comes from it. At least "
        "one horizon is kept in any case.",
        is_share=True,
    ),
    "task.num_folds": SettingWords(
        "Folds",
        "In how many stretches is it judged?",
        "Folds: stretches of the test part, each scored by itself. More of them tell luck from "
        "skill; with refit, each one is a training.",
    ),
    "task.refit": SettingWords(
        "Refit",
        "Does it learn anew before each stretch?",
        "Refit: as one would in use, with the newest rows. Costs one training for each fold.",
        {True: "Yes, before each", False: "No, it learns once"},
    ),
    "task.window": SettingWords(
        "Training window",
        "And from which rows?",
        "Expanding: everything before the fold. Sliding: as many rows as before the first fold, "
        "so that old times are forgotten.",
        {"expanding": "All before (expanding)", "sliding": "As many as at first (sliding)"},
    ),
    "task.gap": SettingWords(
        "Gap",
        "How many rows are skipped between the parts?",
        "Gap: for values that arrive late, so that no part leans on the one before.",
    ),
    "task.stride": SettingWords(
        "Stride",
        "How far apart are its forecasts?",
        "Stride: rows from one cutoff of the test to the next. Larger is faster and coarser.",
    ),
    "model.mixing": SettingWords(
        "Targets together",
        "Does it see all targets together?",
        "Channel mixing: one window holds all targets. Otherwise each is predicted from its own "
        "past, by the same network.",
        {True: "Yes, in one window", False: "No, each by itself"},
    ),
    "model.decoder": SettingWords(
        "Decoder",
        "How does it get to the steps ahead?",
        "Decoder: what goes on from the last layer to the horizon.",
        nothing="the network's own",
    ),
    "training.stateful": SettingWords(
        "Stateful",
        "Go on from one window to the next",
        "Stateful training: the recurrent state at a window's end is where the window behind it "
        "begins, so that the network can remember further back than it looks; best where nothing "
        "is taken from each window. Batches are less mixed and learn less evenly, and a prediction "
        "reads four windows more before its own, which takes that much longer.",
        {True: "Yes", False: "No, each window begins anew"},
    ),
    "training.loss": SettingWords(
        "Loss",
        "What is made small?",
        "Loss: how an error counts while it learns. Absolute errors aim at the usual case, squared "
        "ones at rare large misses too. The verdict measures all networks alike, whatever this is.",
        {
            "mae": "Mean absolute error: calm about outliers",
            "mse": "Mean squared error: hates large misses",
            "huber": "Huber: squared when small, absolute when large",
            "log_cosh": "Log-cosh: Huber without an edge",
            "pinball": "Pinball: too low costs otherwise than too high",
        },
    ),
    "training.pinball_level": SettingWords(
        "Pinball level",
        "Which share shall lie below the forecast?",
        "Level of the pinball loss. At 50% the forecast aims at the middle; at 90% it aims so high "
        "that 9 of 10 actual values stay below it, and is further off on average.",
        is_share=True,
    ),
}
