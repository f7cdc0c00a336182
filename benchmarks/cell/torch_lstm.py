"""One epoch of PyTorch's ``nn.LSTM``; runs where PyTorch is installed, and needs no more of us."""

import json
import sys
import time

import numpy as np
import torch

FEATURES, NUM_EPOCHS = 4, 5


class Network(torch.nn.Module):
    """LSTM layers and a dense one."""

    def __init__(self, units: int, layers: int) -> None:
        super().__init__()
        self.lstm = torch.nn.LSTM(FEATURES, units, layers, batch_first=True)
        self.dense = torch.nn.Linear(units, 1)

    def forward(self, windows: torch.Tensor) -> torch.Tensor:
        states, _ = self.lstm(windows)
        return self.dense(states[:, -1])


def main() -> None:
    torch.set_num_threads(1)
    case = json.loads(sys.argv[1])
    generator = np.random.default_rng(0)
    num_rows = case["windows"] + case["steps"]
    rows = torch.tensor(generator.normal(size=(num_rows, FEATURES)).astype("float32"))
    windows = rows.unfold(0, case["steps"], 1)[: case["windows"]].transpose(1, 2).contiguous()
    ahead = rows[case["steps"] :, :1]
    network = Network(case["units"], case["layers"])
    optimizer = torch.optim.Adam(network.parameters())

    def learn() -> None:
        order = torch.randperm(case["windows"])
        for places in order.split(case["batch"]):
            optimizer.zero_grad()
            loss = (network(windows[places]) - ahead[places]).abs().mean()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimizer.step()

    learn()
    seconds, wall_seconds = [], []
    for _ in range(NUM_EPOCHS):
        began, wall_began = time.process_time(), time.monotonic()
        learn()
        seconds.append(time.process_time() - began)
        wall_seconds.append(time.monotonic() - wall_began)
    print(json.dumps({"seconds": seconds, "wall_seconds": wall_seconds}))


if __name__ == "__main__":
    main()
