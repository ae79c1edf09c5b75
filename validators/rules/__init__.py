"""One file, one rule. The registry collects every module here by its RULE."""
