"""The binary Word format of 1997 to 2003 ([MS-DOC]), structure by structure."""
