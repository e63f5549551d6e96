"""Composition and running: settings, app, servers, scheduler, delivery, command line."""
