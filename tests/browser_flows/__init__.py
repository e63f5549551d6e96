"""The product through the page, in a real Chromium."""
