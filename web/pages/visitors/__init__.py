"""What researchers have said: answers, requests for changes, and what the office sets."""
