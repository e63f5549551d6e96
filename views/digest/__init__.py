"""The weekly digest as people see it: the message, its picture, its lists, and totals."""
