"""What coaching is: pure functions and frozen values; no Slack, no SQL, no clock."""
