"""Real processes, real HTTP, and everything that goes wrong in the world."""
