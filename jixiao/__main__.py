"""``python -m jixiao``."""

from jixiao.command_line import main

main()
