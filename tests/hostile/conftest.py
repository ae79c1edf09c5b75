"""What of these tests is for root alone."""

import os

# As any other user every test is one of a user who is not root.
collect_ignore = ["test_as_nobody.py"] if os.getuid() else []
