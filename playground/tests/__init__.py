"""What the playground does as Slack does it, tried with a real Bolt app over real connections."""
