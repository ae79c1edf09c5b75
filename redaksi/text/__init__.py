"""Words of people: cleaned, counted, dated and placed."""
