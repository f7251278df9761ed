"""Reading: from a Document to a Record, by a spaCy pipeline of one component per step."""

from sayso.reading.parser_import import import_spacy

import_spacy()  # here, for it must come before any other import of spaCy
