"""What happens when someone does something, or when time passes: payload, decision, store, answer."""
