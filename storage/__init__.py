"""SQL: tables, mapping, queries, migrations, the outbox of notices, the audit chain."""
