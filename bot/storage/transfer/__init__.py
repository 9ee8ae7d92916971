"""Lists of films in files that people send in and take away."""
