"""What people see: domain values to Block Kit, and submitted state back to domain input."""
