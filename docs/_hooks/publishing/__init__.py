"""What is published of a page: its HTML, notebook, search entries, labs."""
