"""The playground's page in a real Chromium."""
