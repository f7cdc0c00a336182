"""From files of any known kind to a collection: opened, understood with reasons, built."""
