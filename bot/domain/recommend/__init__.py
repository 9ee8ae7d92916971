"""Which films go with which, and what to see tonight."""
