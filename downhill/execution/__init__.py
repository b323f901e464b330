"""Runs snippets, keeps what they leave, and gives it to the pages."""
