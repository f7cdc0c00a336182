"""The pre-trained network as one that goes on learning: fed, built, asked and drawn."""
