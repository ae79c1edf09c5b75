"""What `redaksi doctor` looks at: this machine, the servers; and what it may mend."""
