"""What members keep of films: what they want to see, have seen, how they rated it, and what they wrote."""
