"""The book as readers get it: rendered, published, served; light, offline, as Markdown, and as a zip."""
