"""The desk in a browser: where editors see the queue and decide. Nothing here opens a file of a
mail, and nothing here knows SQL: a page reads a form, asks one function of the workflow or of the
presentation, and renders."""
