"""The verbs that keep what there is, and let go of it: backups and upgrades, what a person may ask for."""
