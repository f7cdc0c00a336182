"""The network that was trained beforehand, on series that it has never seen."""
