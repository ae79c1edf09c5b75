"""The sample mails and the local servers of `make demo`."""
