"""Reading: from a Document to a Record, by a spaCy pipeline of one component per step."""
