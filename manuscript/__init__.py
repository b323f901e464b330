"""What the book says: reads its pages, snippets and catalogue, finds what is wrong with them, and gives its Markdown meaning.

Nothing here runs a snippet or builds a page; `downhill` does.
"""
