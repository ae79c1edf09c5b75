"""What an editor asks of the worker at the desk: jobs, for the web opens no file of a mail."""
