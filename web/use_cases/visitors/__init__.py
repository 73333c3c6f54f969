"""What researchers have said, for the office: answers, requests for changes, settings."""
