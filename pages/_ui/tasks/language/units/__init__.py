"""A text whose units can be chosen, by mouse, by touch and by keyboard."""
