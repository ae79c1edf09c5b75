"""The virus scanner, spoken to: clamd's own protocol, and what it is proved to look into.

clamd    one stream, one answer
proof    a file that it must find, as large as the one it found nothing in
scanner  both together: nothing is called clean that was not looked into
"""
