"""The LSTM whose products are convolutions."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from lstm_core.spec.layers.cutting import cut
from lstm_core.spec.layers.layer import (
    USUAL,
    Counts,
    Fitting,
    Flow,
    Group,
    LayerWords,
    Masking,
    Role,
    Size,
    WeightedLayer,
)
from lstm_core.spec.layers.memory.recurrent import GATES_NAMED, SIGNS
from lstm_core.spec.layers.options import (
    Activation,
    Dropout,
    Filters,
    KernelSize,
    OptionWords,
    RecurrentActivation,
    RecurrentInitializer,
)
from lstm_core.spec.layers.steps import Call, Step, apply
from lstm_core.spec.layers.uneven import keep_last


class ConvLstmLayer(WeightedLayer):
    """An LSTM whose products are convolutions over frames of the window: Shi et al. (2015)."""

    words: ClassVar[LayerWords] = LayerWords(
        "ConvLSTM",
        "Cuts the steps into frames, such as days, and reads frame by frame with convolutions: "
        "for patterns within the frame that move from one to the next.",
        (
            r"i_t = \sigma(W_i * X_t + U_i * H_{t-1} + b_i), \; \ldots",
            r"C_t = f_t \odot C_{t-1} + i_t \odot \tanh(W_z * X_t + U_z * H_{t-1} + b_z)",
            r"H_t = o_t \odot \tanh(C_t)",
        ),
        f"{GATES_NAMED}; $X_t$ is the frame that comes in, $H_t$ what goes out, $C_t$ the cell "
        f"state; "
        r"$*$ is a convolution along the frame; $W$, $U$ and $b$ are learnt, $W_z$ and $U_z$ for "
        r"what "
        f"is new; {SIGNS}.",
        "Shi et al. 2015",
    )
    group: ClassVar[Group] = "Memory"
    role: ClassVar[Role] = "recurrent"
    masking: ClassVar[Masking] = "zeros"
    fitting: ClassVar[Fitting | None] = Fitting("frame", (24, 12, 8, 4, 2, 1), follows_season=True)

    kind: Literal["conv_lstm"] = Field("conv_lstm", description="The kind of layer.")
    filters: Filters = Field(16, ge=1, le=1_024, description="Features found at each place.")
    kernel_size: KernelSize = Field(3, ge=1, le=99, description="Neighbouring steps seen at once.")
    frame: Annotated[
        int,
        OptionWords(
            "Frame",
            "How many steps are one frame?",
            "Frame: it looks within a frame by convolutions and remembers from frame to frame. A "
            "season, such as a day, suits best.",
            is_told=True,
            nouns=("step in a frame", "steps in a frame"),
        ),
    ] = Field(
        24, ge=1, le=1_000, description="Steps in one frame; the LSTM goes from frame to frame."
    )
    activation: Activation = Field("tanh", description="What squashes new values and the output.")
    recurrent_activation: RecurrentActivation = Field(
        "sigmoid", description="What opens and closes the gates."
    )
    recurrent_initializer: RecurrentInitializer = Field(
        "orthogonal", description="How the weights on the state are drawn at the start."
    )
    dropout: Dropout = Field(
        0.0, ge=0, lt=1, description="Share of the inputs hidden while training."
    )

    @property
    def why_not_carried(self) -> str:
        return "keeps a map for each frame"

    @property
    def slow_because(self) -> str:
        return f"there is no fast kernel for {self.title}"

    def resize(self, size: Size, name: str, wants_steps: bool) -> Size:
        frames, width = size.cut(self.frame, name, "frame"), self.frame * self.filters
        return frames.with_width(width) if wants_steps else Size(None, width)

    def count(self, flow: Flow) -> Counts:
        frames = flow.before.cut(self.frame, self.title, "frame").steps or 1
        products = 4 * self.kernel_size * self.filters * (flow.before.width + self.filters)
        return Counts(
            products + 4 * self.filters,
            2 * frames * self.frame * products,
            flow.num_steps * self.filters * 6,
        )

    def list_steps(self, flow: Flow) -> list[Step]:
        options = {
            "padding": "same",
            "activation": self.activation,
            "recurrent_activation": self.recurrent_activation,
            "dropout": self.dropout,
            "kernel_initializer": self.initializer,
            "recurrent_initializer": self.recurrent_initializer,
            "kernel_regularizer": self.make_regularizer(),
            "recurrent_regularizer": self.make_regularizer(),
            "return_sequences": flow.returns_steps or flow.is_uneven,
        }
        sizes = (self.filters, self.kernel_size)
        read = [
            *cut(flow, self.frame, split=True),
            apply(Call("keras.layers.ConvLSTM1D", sizes, options, USUAL)),
        ]
        if not flow.is_uneven:
            shape = flow.after.shape
            return [*read, apply(Call("keras.layers.Reshape", (shape,)), self.say_shape(flow))]
        read.append(apply(Call("keras.layers.Reshape", ((-1, flow.after.width),))))
        return read if flow.returns_steps else [*read, keep_last("x", self.say_shape(flow))]
