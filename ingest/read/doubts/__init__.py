"""What an editor has to look at before anything is said of a submission."""
