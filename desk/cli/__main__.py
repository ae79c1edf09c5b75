"""`python -m desk.cli`."""

from desk.cli import main

main()
