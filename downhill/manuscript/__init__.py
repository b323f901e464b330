"""The book as data: pages, snippets, catalogue, terms, sources, and values. Nothing here runs a snippet or judges the book."""
