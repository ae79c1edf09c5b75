"""What ops look at: how things stand, quarantine, whether the process answers."""
