"""What is on screen: one file a page; ``_ui`` holds what pages share."""
