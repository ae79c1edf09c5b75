"""From a decision to what readers see: editions are made, delivered, looked at, and then told."""
