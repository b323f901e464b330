"""Python-Markdown extensions that give the book's pages their meaning."""
