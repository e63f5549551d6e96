"""A strict Slack-like workspace in the browser, for any Bolt app; knows nothing of coaching."""
