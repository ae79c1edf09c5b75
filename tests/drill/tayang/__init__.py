"""Sequences of what may happen to a publication, 2,000 on each database: letter f was written only of
what stood where readers see it or an editor gave, never twice. publishing.md, section 9."""
