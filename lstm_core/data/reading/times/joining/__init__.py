"""Times that stand in several columns: a date and a clock; a year, a month, a day, an hour."""
