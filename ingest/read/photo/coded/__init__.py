"""What the files of pictures are made of: boxes, chunks, tags, and coded data read strictly."""
