"""How a picture looks: likeness, drawing or photograph, what an editor may want to know."""
