"""Who should meet: whom somebody meets already, what they have in common with others, and what these would bring."""
