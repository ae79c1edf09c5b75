"""Office Open XML (ECMA-376, ISO/IEC 29500): what `docx.read` is made of."""
