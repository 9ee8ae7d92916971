"""What a member reads when something goes wrong."""
