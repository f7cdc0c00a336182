"""Result tables to figures. Knows tables only: no record, no run, no page."""
