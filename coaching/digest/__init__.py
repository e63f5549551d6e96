"""The weekly digest: what a team's week came to, what waits for whom, and what keeps coming back.

Pure: `facts` is what the store hands in, `week` works the digest out, `patterns` finds what no
single log shows, `totals` says what may be told where many people read it.
"""
