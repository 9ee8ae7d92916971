"""What Front Row knows about films: plain Python, with no I/O, clock or chance."""
