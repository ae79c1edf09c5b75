"""The verbs that keep what there is: backups and upgrades."""
