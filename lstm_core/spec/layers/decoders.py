"""What goes on from an encoder to the steps ahead, as data.

How each is built and what it costs stands with the task's network.
"""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from lstm_core.spec.layers.layer import LayerWords
from lstm_core.spec.layers.options import SCORES, Length, OptionWords, Score
from lstm_core.spec.section import Section


class DecoderSection(Section):
    """What all decoders have."""

    words: ClassVar[LayerWords]

    needs_cell: ClassVar[bool] = False
    """It goes on from the last LSTM's cell state as well as from its output."""

    feeds_back: ClassVar[bool] = False
    """It is fed its own predictions."""

    name: ClassVar[str] = ""
    """What a sentence calls it, where it can be refused."""

    @property
    def needs_steps(self) -> bool:
        """Whether it looks back at the last layer's output at each step."""
        return False

    @property
    def title(self) -> str:
        return self.words.title


class DirectDecoder(DecoderSection):
    """One dense layer predicts all steps at once."""

    words: ClassVar[LayerWords] = LayerWords(
        "Direct",
        "One dense layer says all steps ahead at once: nothing is fed back, so no error adds up.",
        (r"\hat y_{1 \ldots H} = W s + b",),
        r"$\hat y$ is the prediction for the $H$ steps ahead, $s$ the encoder's last state; $W$ "
        r"and $b$ "
        "are learnt.",
        "",
    )

    kind: Literal["direct"] = Field("direct", description="The kind of decoder.")


class SegmentDecoder(DecoderSection):
    """One LSTM step for each segment of the horizon, side by side: Lin et al. (2023)."""

    words: ClassVar[LayerWords] = LayerWords(
        "Segments, side by side",
        "One LSTM step for each segment ahead, all from the encoder's last state, told apart by "
        "where they stand: fast, and sharp for seasons.",
        (r"s_k = \mathrm{LSTM}(p_k; h, c), \quad \hat y_k = W s_k + b",),
        r"$k$ counts segments ahead; $p_k$ tells where one stands, $h$ and $c$ are the encoder's "
        r"last state and cell state, $s_k$ is what the LSTM makes of them, $\hat y_k$ the "
        r"prediction; $W$ "
        "and $b$ are learnt.",
        "Lin et al. 2023, SegRNN",
    )
    needs_cell: ClassVar[bool] = True
    name: ClassVar[str] = "The segment decoder"

    kind: Literal["segments"] = Field("segments", description="The kind of decoder.")
    length: Length = Field(24, ge=1, le=1_000, description="Steps in one segment.")


class SequenceDecoder(DecoderSection):
    """An LSTM that goes on from the encoder's state and is fed what it said before.

    Sutskever et al. (2014); with attention, Luong et al. (2015).
    """

    words: ClassVar[LayerWords] = LayerWords(
        "One step after another (seq2seq)",
        "An LSTM that goes on from the encoder's state and is fed what it said before; while "
        "training it is fed the actual values (teacher forcing).",
        (r"d_t = \mathrm{LSTM}([\hat y_{t-1}; u_t]; d_{t-1}), \quad \hat y_t = W [d_t; a_t] + b",),
        r"$d_t$ is the decoder's state at step $t$ ahead, $\hat y_t$ the prediction, $u_t$ what is "
        r"known ahead, $a_t$ what attention brings where there is any; $W$ and $b$ are learnt.",
        "Sutskever et al. 2014; attention: Luong et al. 2015; scheduled sampling: Bengio et al. "
        "2015",
    )
    needs_cell: ClassVar[bool] = True
    feeds_back: ClassVar[bool] = True
    name: ClassVar[str] = "The sequence decoder"

    kind: Literal["sequence"] = Field("sequence", description="The kind of decoder.")
    attention: Annotated[
        Score | None,
        OptionWords(
            "Attention",
            "Does it look back at the encoder's steps?",
            "Attention: at each step ahead it weighs the whole window anew, not the last state "
            "alone.",
            SCORES,
            nothing="No, it goes by the last state",
        ),
    ] = Field(None, description="How it looks back at the encoder's steps; none: it does not.")
    teacher_forcing: Annotated[
        float,
        OptionWords(
            "Teacher forcing",
            "How often is it told the actual values while training?",
            "Teacher forcing: 100% learns fast, and meets its own errors only in use; less of it "
            "learns slower and is sturdier.",
            is_share=True,
        ),
    ] = Field(
        1.0,
        ge=0,
        le=1,
        description="Share of the training windows that are fed the actual values instead.",
    )

    @property
    def needs_steps(self) -> bool:
        return self.attention is not None
