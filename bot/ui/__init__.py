"""What people see and press: cards, buttons, threads and texts."""
