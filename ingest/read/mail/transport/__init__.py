"""What carried a mail broke it: how what came is found all the same."""
