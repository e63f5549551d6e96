"""Tests mirror the rooms; flows/ holds a file for each thing people do."""
