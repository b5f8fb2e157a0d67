"""The commands of ``jixiao``, one module each."""
