"""From the terms of a question to people: what was found, what it rests on, how sure it is."""
