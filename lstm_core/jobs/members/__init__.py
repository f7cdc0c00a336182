"""Networks of one run that are trained side by side, in processes of one thread each."""
