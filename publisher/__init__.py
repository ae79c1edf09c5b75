"""The middle floor, third room: decisions in, letters and pages out."""
