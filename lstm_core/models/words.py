"""What the layers are called, what they do in a sentence, and their equations."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class LayerWords:
    r"""One kind of layer.

    Attributes:
        title: its name in a list.
        sentence: what it does, and when that helps.
        equations: what it computes, LaTeX.
        legend: what each letter and sign of the equations stands for, Markdown.
        source: where it comes from.
    """

    title: str
    sentence: str
    equations: tuple[str, ...]
    legend: str
    source: str


_GATES_NAMED = (
    "$i_t$, $f_t$ and $o_t$ are the gates: input, forget and output, each from 0, shut, to 1, open"
)
_THROUGH = "$x_t$ is what comes in at step $t$, $h_t$ what goes out"
_SIGNS = r"$\sigma$ is the sigmoid, $\odot$ multiplies number by number"


_GATES = (
    r"i_t = \sigma(W_i x_t + U_i h_{t-1} + b_i)",
    r"f_t = \sigma(W_f x_t + U_f h_{t-1} + b_f)",
    r"o_t = \sigma(W_o x_t + U_o h_{t-1} + b_o)",
    r"z_t = \tanh(W_z x_t + U_z h_{t-1} + b_z)",
)

LAYERS: dict[str, LayerWords] = {
    "lstm": LayerWords(
        "LSTM",
        "Reads step by step and keeps a cell state that gates write, keep and read: it can "
        "remember over many steps.",
        (*_GATES, r"c_t = f_t \odot c_{t-1} + i_t \odot z_t", r"h_t = o_t \odot \tanh(c_t)"),
        f"{_GATES_NAMED}; $z_t$ is what is new, $c_t$ the cell state; {_THROUGH}; $W$, $U$ and $b$ "
        f"are learnt; {_SIGNS}.",
        "Hochreiter and Schmidhuber 1997; forget gate: Gers et al. 2000",
    ),
    "peephole_lstm": LayerWords(
        "Peephole LSTM",
        "An LSTM whose gates also see the cell state: for patterns where exact timing counts.",
        (
            r"i_t = \sigma(W_i x_t + U_i h_{t-1} + p_i \odot c_{t-1} + b_i)",
            r"f_t = \sigma(W_f x_t + U_f h_{t-1} + p_f \odot c_{t-1} + b_f)",
            r"c_t = f_t \odot c_{t-1} + i_t \odot \tanh(W_z x_t + U_z h_{t-1} + b_z)",
            r"o_t = \sigma(W_o x_t + U_o h_{t-1} + p_o \odot c_t + b_o)",
            r"h_t = o_t \odot \tanh(c_t)",
        ),
        f"{_GATES_NAMED}; they see the cell state $c_t$ through $p$, and $W_z$ and $U_z$ make what "
        f"is new; {_THROUGH}; $W$, $U$, $p$ and $b$ are learnt; {_SIGNS}.",
        "Gers and Schmidhuber 2000",
    ),
    "slstm": LayerWords(
        "sLSTM",
        "The LSTM's modern relative: exponential gates let it rewrite at once what it has stored.",
        (
            r"z_t = \tanh(W_z x_t + R_z h_{t-1} + b_z), \quad o_t = \sigma(\tilde o_t)",
            r"m_t = \max(\log f_t + m_{t-1}, \tilde i_t)",
            r"i'_t = e^{\tilde i_t - m_t}, \quad f'_t = e^{\log f_t + m_{t-1} - m_t}",
            r"c_t = f'_t \odot c_{t-1} + i'_t \odot z_t, \quad n_t = f'_t \odot n_{t-1} + i'_t",
            r"h_t = o_t \odot c_t / n_t",
        ),
        r"$i'_t$, $f'_t$ and $o_t$ are the gates: input, forget and output; $\tilde i_t$ and "
        r"$\tilde o_t$ are weighted sums like the one in $z_t$, which is what is new, and $f_t$ "
        r"comes from such a sum; $m_t$ keeps the powers of $e$ within bounds; $c_t$ is the cell "
        r"state, $n_t$ what it is "
        f"measured by; {_THROUGH}; $W$, $R$ and $b$ are learnt; {_SIGNS}.",
        "Beck et al. 2024, xLSTM",
    ),
    "gru": LayerWords(
        "GRU",
        "Two gates and no cell state: fewer weights than an LSTM, often as good.",
        (
            r"u_t = \sigma(W_u x_t + U_u h_{t-1} + b_u)",
            r"r_t = \sigma(W_r x_t + U_r h_{t-1} + b_r)",
            r"\tilde h_t = \tanh(W x_t + r_t \odot (U h_{t-1} + b'))",
            r"h_t = u_t \odot h_{t-1} + (1 - u_t) \odot \tilde h_t",
        ),
        r"$u_t$ is the update gate, $r_t$ the reset gate, each from 0 to 1; $\tilde h_t$ is what "
        r"is new; "
        f"{_THROUGH}; $W$, $U$, $b$ and $b'$ are learnt; {_SIGNS}.",
        "Cho et al. 2014",
    ),
    "simple_rnn": LayerWords(
        "Simple RNN",
        "No gates: what it has read fades with each step. Good for seeing why LSTMs were made.",
        (r"h_t = \tanh(W x_t + U h_{t-1} + b)",),
        f"{_THROUGH}; $W$, $U$ and $b$ are learnt.",
        "Elman 1990",
    ),
    "conv_lstm": LayerWords(
        "ConvLSTM",
        "Cuts the window into frames, such as days, and reads frame by frame with convolutions: "
        "for patterns within the frame that move from one to the next.",
        (
            r"i_t = \sigma(W_i * X_t + U_i * H_{t-1} + b_i), \; \ldots",
            r"C_t = f_t \odot C_{t-1} + i_t \odot \tanh(W_z * X_t + U_z * H_{t-1} + b_z)",
            r"H_t = o_t \odot \tanh(C_t)",
        ),
        f"{_GATES_NAMED}; $X_t$ is the frame that comes in, $H_t$ what goes out, $C_t$ the cell "
        f"state; "
        r"$*$ is a convolution along the frame; $W$, $U$ and $b$ are learnt, $W_z$ and $U_z$ for "
        r"what "
        f"is new; {_SIGNS}.",
        "Shi et al. 2015",
    ),
    "conv1d": LayerWords(
        "Convolution",
        "Looks for short patterns wherever they are in the window; a fast front for an LSTM.",
        (r"y_t = \phi\Big(\sum_{k} W_k x_{t - d k} + b\Big)",),
        r"$x_t$ is what comes in at step $t$, $y_t$ what goes out; $k$ counts the steps of a "
        r"pattern, which are $d$ apart; $\phi$ is the activation; $W_k$ and $b$ are learnt.",
        "LeCun et al. 1989",
    ),
    "pooling": LayerWords(
        "Pooling",
        "Keeps one step of several: shorter sequences, less to forget.",
        (r"y_s = \max_{t \in s} x_t",),
        "$x_t$ is what comes in at step $t$; $s$ is a stretch of steps, and $y_s$ the one that it "
        "becomes.",
        "",
    ),
    "segments": LayerWords(
        "Segments",
        "Cuts the window into segments, such as days, each of which is one step from then on.",
        (r"y_s = [x_{(s-1) L + 1}; \ldots; x_{s L}]",),
        "$x$ is what comes in, step by step; $L$ is the length of a segment, $y_s$ the segment of "
        "number $s$: its steps side by side.",
        "Lin et al. 2023, SegRNN",
    ),
    "dense": LayerWords(
        "Dense",
        "The same weighted sums at every step.",
        (r"y_t = \phi(W x_t + b)",),
        r"$x_t$ is what comes in at step $t$, $y_t$ what goes out; $W$ and $b$ are learnt, and the "
        r"same at every step; $\phi$ is the activation.",
        "",
    ),
    "dropout": LayerWords(
        "Dropout",
        "Hides a share of the values while training, so that the network can't lean on any one.",
        (r"y = x \odot m / (1 - p), \quad m \sim \mathrm{Bernoulli}(1 - p)",),
        r"$x$ is what comes in, $y$ what goes out; each number of $m$ is 0 with probability $p$, "
        r"else 1, and drawn anew for each batch of the training; $\odot$ multiplies number by "
        r"number.",
        "Srivastava et al. 2014",
    ),
    "layer_normalization": LayerWords(
        "Layer normalisation",
        "Brings each step's features to one level and spread: steadier learning in deep stacks.",
        (r"y = \gamma \odot (x - \mu) / \sqrt{\sigma^2 + \epsilon} + \beta",),
        r"$x$ is a step that comes in, $y$ what goes out; $\mu$ and $\sigma^2$ are the mean and "
        r"the variance of the step's own features, $\epsilon$ is small; $\gamma$ and $\beta$ are "
        r"learnt; $\odot$ multiplies number by number.",
        "Ba et al. 2016",
    ),
    "position": LayerWords(
        "Position",
        "Adds waves that tell where a step stands, which attention alone can't see.",
        (
            r"y_{t, 2k} = x_{t, 2k} + \sin(t / 10000^{2k/d})",
            r"y_{t, 2k+1} = x_{t, 2k+1} + \cos(t / 10000^{2k/d})",
        ),
        "$x_t$ is what comes in at step $t$, $y_t$ what goes out; $k$ counts pairs of features, of "
        "which there are $d$ in all.",
        "Vaswani et al. 2017",
    ),
    "transformer": LayerWords(
        "Transformer block",
        "Every step looks at every other at once: no memory to fade, but the cost grows with the "
        "square of the steps.",
        (
            r"A = \mathrm{softmax}(Q K^\top / \sqrt{d}) V",
            r"u = x + A(\mathrm{norm}(x)), \quad y = u + W_2\,\phi(W_1\,\mathrm{norm}(u))",
        ),
        r"$x$ are the steps that come in, $u$ is what attention adds to them, $y$ what goes out; "
        r"$Q$, $K$ and $V$ are weighted sums of them: what is asked for, what is answered to, and "
        r"what is handed on; $A$ is the attention, $d$ the length of a question; $\phi$ is the "
        r"activation; norm is layer normalisation; $W_1$ and $W_2$ are learnt.",
        "Vaswani et al. 2017; norm first: Xiong et al. 2020",
    ),
    "attention": LayerWords(
        "Attention",
        "Weighs all steps by what the last one asks for; the weights can be looked at.",
        (
            r"e_t = v^\top \tanh(W h_t + U q) \;\text{ or }\; e_t = h_t^\top W q",
            r"a_t = \exp(e_t) / \sum_s \exp(e_s), \quad y = \Big[\sum_t a_t h_t; q\Big]",
        ),
        "$h_t$ is what comes in at step $t$ and $q$ the last of them; $e_t$ says how well they go "
        "together, $a_t$ how much the step counts among all steps $s$; $y$ is what goes out; $v$, "
        "$W$ and $U$ are learnt.",
        "Bahdanau et al. 2015; Luong et al. 2015",
    ),
    "summary": LayerWords(
        "Summary",
        "Makes one vector of all steps: their mean, their largest values, or the last one.",
        (r"y = \tfrac{1}{T} \sum_t x_t",),
        "The mean: $x_t$ is what comes in at step $t$ of $T$, $y$ what goes out.",
        "",
    ),
}

LAYER_TITLES: dict[str, str] = {kind: words.title for kind, words in LAYERS.items()}

DECODERS: dict[str, LayerWords] = {
    "direct": LayerWords(
        "Direct",
        "One dense layer says all steps ahead at once: nothing is fed back, so no error adds up.",
        (r"\hat y_{1 \ldots H} = W s + b",),
        r"$\hat y$ is the prediction for the $H$ steps ahead, $s$ the encoder's last state; $W$ "
        r"and $b$ "
        "are learnt.",
        "",
    ),
    "segments": LayerWords(
        "Segments, side by side",
        "One LSTM step for each segment ahead, all from the encoder's last state, told apart by "
        "where they stand: fast, and sharp for seasons.",
        (r"s_k = \mathrm{LSTM}(p_k; h, c), \quad \hat y_k = W s_k + b",),
        r"$k$ counts segments ahead; $p_k$ tells where one stands, $h$ and $c$ are the encoder's "
        r"last state and cell state, $s_k$ is what the LSTM makes of them, $\hat y_k$ the "
        r"prediction; $W$ "
        "and $b$ are learnt.",
        "Lin et al. 2023, SegRNN",
    ),
    "sequence": LayerWords(
        "One step after another (seq2seq)",
        "An LSTM that goes on from the encoder's state and is fed what it said before; while "
        "training it is fed the actual values (teacher forcing).",
        (r"d_t = \mathrm{LSTM}([\hat y_{t-1}; u_t]; d_{t-1}), \quad \hat y_t = W [d_t; a_t] + b",),
        r"$d_t$ is the decoder's state at step $t$ ahead, $\hat y_t$ the prediction, $u_t$ what is "
        r"known ahead, $a_t$ what attention brings where there is any; $W$ and $b$ are learnt.",
        "Sutskever et al. 2014; attention: Luong et al. 2015; scheduled sampling: Bengio et al. "
        "2015",
    ),
}
