"""What the page, Markdown and the terminal share: a story arranged for showing, one file a part of it.

Every word in it that a report wrote is a slice of that report's text, cut by its span; nothing is composed.
"""
