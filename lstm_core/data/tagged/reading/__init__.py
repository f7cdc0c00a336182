"""From files of any known kind to tagged sequences: opened, understood with reasons, built."""
