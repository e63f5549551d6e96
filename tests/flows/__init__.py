"""What people do, from payload to what Slack saw and what is stored; a file per thing people do."""
