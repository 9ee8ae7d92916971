"""The only place from which Front Row asks others: HTTP to a fixed handful of services."""
