"""From the folders that MkDocs makes to the site as readers get it: light, offline, as Markdown, and as a zip."""
