"""The top floor: what the redaksi does with it. Start reading at `desk/pipeline.py`."""
