"""How the network is trained: on series that are made up as it learns, and on nothing else."""
