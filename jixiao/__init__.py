"""The command line and the one-process runtime: composition root of the laptop."""
