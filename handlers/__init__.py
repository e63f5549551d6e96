"""What happens when someone does something, or when time passes.

Each handler is a thin shell: payload, decision, store, answer.
"""
