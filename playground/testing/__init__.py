"""For tests of any app: people who act by the words on the screen, and a real browser."""
