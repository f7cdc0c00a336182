"""A run's own networks, opened again by a script: with what was kept of it, nothing is trained."""

from __future__ import annotations

WEIGHTS_FILE, MODEL_FILE = "weights.npz", "model.json"
"""What is kept of a run's networks."""

HAS_WEIGHTS = f'Path("{WEIGHTS_FILE}").exists()'

LOAD_NETWORKS = f'''def load_networks():
    """Return the run's own networks."""
    networks = []
    with np.load("{WEIGHTS_FILE}") as stored:
        while f"member_{{len(networks)}}_0" in stored:
            network = build_network()
            names = [f"member_{{len(networks)}}_{{place}}" for place in range(len(network.weights))]
            network.set_weights([stored[name] for name in names])
            networks.append(network)
    return networks'''
