"""What members want to see and have seen, on the screen: their marks, their shelf, their picks, their data."""
