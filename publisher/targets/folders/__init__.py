"""What a folder of articles holds, and how it is exchanged."""
