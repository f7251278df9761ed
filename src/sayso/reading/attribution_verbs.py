"""Verb cues: "said that", "wants to", "was quoted as saying", "officials said" in the middle of what they said.

Every verb is read in the first frame that fits, from the surest (a clause) to the loosest (an object); whether the
verb attributes anything in that frame is for the lexicon to say.
"""

from __future__ import annotations

from spacy.tokens import Doc, Token

from sayso.knowledge.cues import ESTIMATE, Cues
from sayso.reading.attribution_candidate import Candidate, Range, after_dateline, subtree, trim, without
from sayso.reading.attribution_sources import is_passive, source_range, subject_of

_CUE_CHILDREN = frozenset(("aux", "auxpass", "neg", "prt"))
_COMPLEMENT_PREPOSITIONS = frozenset(("as", "of", "for", "with", "to", "from", "on", "about", "over", "against"))
_NOMINAL = frozenset(("NOUN", "PROPN", "PRON"))
_SPOKEN_TO = frozenset(("PERSON", "ORG", "GPE", "NORP"))
_FINITE = frozenset(("VBD", "VBZ"))
_TENSED = frozenset(("VBD", "VBZ", "VBP", "MD"))
_LONG = 60
_INSIDE_PHRASE = frozenset(("pobj", "prep", "appos", "compound", "conj"))
_LONGEST_PARENTHESIS = 8
_SOON = 4
_CLAUSES = frozenset(("clause", "wh", "whether", "fragment", "parenthetical", "trailing"))
_WH = frozenset(("what", "why", "how", "who", "whom", "which", "where", "when", "whose"))

Arguments = dict[str, list[Token]]


def arguments_of(verb: Token) -> Arguments:
    """Return the children of a verb by dependency."""
    found: Arguments = {}
    for child in verb.children:
        found.setdefault(child.dep_, []).append(child)
    return found


def cue_ranges(verb: Token, *more: Token) -> list[Range]:
    """Return the verb with its auxiliaries, negation and particles, as few ranges as possible."""
    wanted = {verb.i, *(t.i for t in more)}
    wanted.update(c.i for c in verb.children if c.dep_ in _CUE_CHILDREN and abs(c.i - verb.i) < 5)
    return _joined(wanted)


def _joined(positions: set[int]) -> list[Range]:
    ranges: list[Range] = []
    for i in sorted(positions):
        if ranges and i <= ranges[-1][1]:
            ranges[-1] = (ranges[-1][0], i + 1)
        else:
            ranges.append((i, i + 1))
    return ranges


def _own_clause(verb: Token, arguments: Arguments) -> Range:
    """Return the verb with its subject and auxiliaries: what a content on both sides must be cut around."""
    start = end = verb.i
    for dep in ("nsubj", "nsubjpass", "aux", "auxpass", "neg", "advmod", "prt", "dative", "npadvmod", "prep"):
        for child in arguments.get(dep, ()):
            start, end = min(start, child.left_edge.i), max(end, child.right_edge.i)
    return start, end + 1


def _clause_frame(clause: Token) -> str:
    first = clause.left_edge
    if first.lower_ in ("if", "whether"):
        return "whether"
    if first.lower_ in _WH:
        return "wh"
    if any(c.lower_ == "to" and c.dep_ == "aux" for c in clause.children):
        return "infinitive_object"
    if any(c.dep_ in ("nsubj", "nsubjpass", "expl", "csubj") for c in clause.children):
        return "clause"
    return "fragment"


def _holds_a_number(at: Token) -> bool:
    """Say whether a number that is no date or time follows soon: "at 50,000", "at between 10 and 20"."""
    soon = at.doc[at.i + 1 : min(at.i + 1 + _SOON, at.right_edge.i + 1)]
    return any(token.pos_ == "NUM" and token.ent_type_ not in ("DATE", "TIME") for token in soon)


class VerbReader:
    """Makes candidates of verbs."""

    def __init__(self, doc: Doc, cues: Cues) -> None:
        self.doc = doc
        self.cues = cues

    def read(self, verb: Token) -> Candidate | None:
        """Return the candidate of a verb in the first frame that fits."""
        if self._withheld(verb):
            return None
        arguments = arguments_of(verb)
        found = (
            self._estimate(verb, arguments)
            or self._misread(verb, arguments)
            or self._raised(verb, arguments)
            or self._clause(verb, arguments)
            or self._parenthetical(verb, arguments)
            or self._passive(verb, arguments)
            or self._infinitive(verb, arguments)
            or self._object(verb, arguments)
            or self._preposition(verb, arguments)
        )
        if found is not None:
            if found.source is None:
                self._add_source(verb, found)
            found.addressee_head = self._addressee(found, arguments)
        return found

    def _withheld(self, verb: Token) -> bool:
        """Say whether a verb is what somebody refused to do: "declined to say whether"."""
        return verb.dep_ == "xcomp" and self.cues.acts.get(("verb", verb.head.lemma_)) == "reject"

    def _make(self, verb: Token, frame: str, content: list[Range], head: Token, *cue: Token) -> Candidate:
        content = [r for r in (trim(self.doc, *part) for part in content) if r[0] < r[1]]
        return Candidate(
            "verb", self.cues.lemma(verb), frame, verb.i, cue_ranges(verb, *cue), content, content_head=head.i
        )

    def _add_source(self, verb: Token, found: Candidate) -> None:
        subject = subject_of(verb) or self._noun_before(verb, found)
        if subject is not None and not any(a <= subject.i < b for a, b in found.content):
            found.source_head = subject.i
            found.source = source_range(self.doc, subject, verb.i)

    def _noun_before(self, verb: Token, found: Candidate) -> Token | None:
        """Return the noun right before a verb of speech with a clause, where the parser saw no subject."""
        if found.frame not in _CLAUSES or is_passive(verb) or verb.tag_ == "VBG":
            return None
        if any(c.lower_ == "to" for c in verb.lefts):
            return None
        i = verb.i - 1
        while i >= 0 and self.doc[i].pos_ in ("ADV", "AUX"):
            i -= 1
        if i < 0 or self.doc[i].pos_ not in ("NOUN", "PROPN", "PRON"):
            return None
        noun = self.doc[i]
        while noun.head.i < noun.i and noun.dep_ in _INSIDE_PHRASE:
            noun = noun.head
        return noun

    def _estimate(self, verb: Token, arguments: Arguments) -> Candidate | None:
        """Read "put the turnout at 50,000", "was put at $3 billion by the ministry": how much somebody says it is."""
        if self.cues.lemma(verb) not in self.cues.rules.estimating:
            return None
        for noun in (*arguments.get("dobj", ()), *arguments.get("nsubjpass", ())):
            for at in (*verb.rights, *noun.rights):
                if at.lower_ == "at" and at.i > noun.i and _holds_a_number(at):
                    start, end = subtree(noun)
                    amount = (at.i, at.right_edge.i + 1)
                    parts = [(start, amount[1])] if noun.i > verb.i else [(start, end), amount]
                    return self._make(verb, ESTIMATE, parts, noun)
        return None

    def _clause(self, verb: Token, arguments: Arguments) -> Candidate | None:
        clauses = arguments.get("ccomp")
        if not clauses:
            return None
        clause = next((c for c in clauses if c.i > verb.i), clauses[0])
        start, end = self._own_words(clause, verb)
        if clause.i > verb.i and clauses[-1] is not clause:
            # The parser took the subject of a clause for a clause of its own.
            end = max(end, self._own_words(clauses[-1], verb)[1])
        frame = "trailing" if clause.i < verb.i else _clause_frame(clause)
        start = self._after_date(start, verb)
        inside = start <= verb.i < end
        parts = without((start, end), _own_clause(verb, arguments)) if inside else [(start, end)]
        return self._make(verb, frame, parts, clause)

    def _after_date(self, start: int, verb: Token) -> int:
        """Return where a clause begins behind a date that belongs to its cue: said on Monday it had ..."""
        if start != verb.i + 1:
            return start
        i = start + (self.doc[start].lower_ == "on")
        while i < len(self.doc) and self.doc[i].ent_type_ in ("DATE", "TIME"):
            i += 1
        dated = self.doc[i - 1].ent_type_ in ("DATE", "TIME") and i < len(self.doc)
        return i if dated and not self.doc[i].is_punct else start

    def _own_words(self, clause: Token, verb: Token) -> Range:
        """Return the extent of a clause, cut before a coordinate one that is not part of what was said."""
        start, end = subtree(clause)
        start = after_dateline(self.doc, start, end)
        for child in clause.rights:
            if child.dep_ == "conj" and child.pos_ == "VERB" and self.cues.speaks(child):
                deps = {c.dep_ for c in child.children}
                other = "nsubj" in deps and "ccomp" in deps
                same = "nsubj" not in deps and child.tag_ == verb.tag_ != clause.tag_ and child.tag_ in _FINITE
                if other or same:
                    return start, max(child.left_edge.i - 1, clause.i + 1)
        return start, end

    def _parenthetical(self, verb: Token, arguments: Arguments) -> Candidate | None:
        """Read "X, officials said, was ..." and "X was ..., officials said"."""
        if "nsubj" not in arguments or any(d in arguments for d in ("dobj", "xcomp", "acomp", "attr", "nsubjpass")):
            return None
        own = _own_clause(verb, arguments)
        before = self.doc[own[0] - 1] if own[0] else None
        if before is None or not (before.text == "," or before.lower_ == "as"):
            return None
        sentence = verb.sent
        if before.lower_ == "as":
            own = (own[0] - 1, own[1])
        after = self.doc[own[1]] if own[1] < sentence.end else None
        if own[1] - verb.i > _LONGEST_PARENTHESIS:
            return None
        if after is not None and not (after.is_punct or after.is_space):
            return None
        if verb.head.i != verb.i and verb.dep_ not in ("conj",):
            parts = without(subtree(verb.head), own)
            head = verb.head
        else:
            parts = [(after_dateline(self.doc, sentence.start, own[0]), own[0])]
            head = sentence.root
        if not any(b - a > 2 and self._finite(a, b) for a, b in parts):
            return None
        return self._make(verb, "parenthetical", parts, head)

    def _misread(self, verb: Token, arguments: Arguments) -> Candidate | None:
        """Read "X was ..., the minister announced on Monday" where the parser took the verb for a participle."""
        noun = verb.head
        if verb.dep_ != "acl" or verb.tag_ not in ("VBN", "VBD") or noun.i > verb.i or "agent" in arguments:
            return None
        start, end = noun.left_edge.i, verb.right_edge.i + 1
        sentence = verb.sent
        clause = (after_dateline(self.doc, sentence.start, start), start - 1)
        if (
            start <= sentence.start
            or self.doc[start - 1].text != ","
            or not self.cues.tells(self.cues.lemma(verb))
            or not self._is_speaker(noun)
            or end - verb.i > _LONGEST_PARENTHESIS
            or not (end >= sentence.end or self.doc[end].is_punct or self.doc[end].is_space)
            or not self._finite(*clause)
        ):
            return None
        found = self._make(verb, "trailing", [clause], sentence.root)
        found.misparsed = True
        found.source_head, found.source = noun.i, source_range(self.doc, noun, verb.i)
        return found

    def read_mistagged(self, token: Token) -> Candidate | None:
        """Read "X was ..., the ministry states.", of which the tagger makes a plural noun."""
        speaker = self.doc[token.i - 1] if token.i else token
        sentence = token.sent
        if token.tag_ != "NNS" or speaker.head.i != token.i or not self.cues.tells(token.lemma_.lower()):
            return None
        start, end = min(token.left_edge.i, speaker.i), token.i + 1
        clause = (after_dateline(self.doc, sentence.start, start), start - 1)
        closed = end >= sentence.end or self.doc[end].text in (".", ",") or self.doc[end].is_space
        if (
            start <= sentence.start
            or self.doc[start - 1].text != ","
            or not self._is_speaker(speaker)
            or not (self.doc[start].pos_ == "DET" or any(c.dep_ == "poss" for c in token.lefts))
            or not closed
            or not self._finite(*clause)
        ):
            return None
        found = Candidate(
            "verb", token.lemma_.lower(), "trailing", token.i, [(token.i, end)], [trim(self.doc, *clause)]
        )
        found.misparsed, found.content_head = True, sentence.root.i
        found.source_head, found.source = speaker.i, trim(self.doc, start, token.i)
        return found

    def _is_speaker(self, noun: Token) -> bool:
        """Say whether a noun names who can say something, rather than what can be said."""
        lemma, known = noun.lemma_.lower(), self.cues.rules
        return noun.ent_type_ in _SPOKEN_TO or lemma in known.sources or lemma in known.speakers

    def _finite(self, start: int, end: int) -> bool:
        """Say whether a range holds a finite verb, as what is said must; long ranges are trusted to."""
        return end - start > _LONG or any(self.doc[i].tag_ in _TENSED for i in range(start, end))

    def _raised(self, verb: Token, arguments: Arguments) -> Candidate | None:
        """Read "is said to", "are believed to": what is said is the subject with the infinitive."""
        subjects, complements = arguments.get("nsubjpass"), arguments.get("xcomp")
        if not subjects or not complements:
            return None
        parts = [subtree(subjects[0]), subtree(complements[0])]
        return self._make(verb, "raised", parts, complements[0])

    def _passive(self, verb: Token, arguments: Arguments) -> Candidate | None:
        if not is_passive(verb):
            return None
        subjects = arguments.get("nsubjpass")
        if subjects:
            return self._make(verb, "passive", [subtree(subjects[0])], subjects[0])
        if verb.dep_ == "acl":
            return self._make(verb, "participle", [(verb.head.left_edge.i, verb.i)], verb.head)
        return None

    def _infinitive(self, verb: Token, arguments: Arguments) -> Candidate | None:
        for complement in arguments.get("xcomp", ()):
            to = any(c.lower_ == "to" for c in complement.lefts)
            frame = "infinitive" if to else "gerund" if complement.tag_ == "VBG" else "predicate"
            objects = arguments.get("dobj", [])
            start = objects[0].left_edge.i if objects and objects[0].i > verb.i else complement.left_edge.i
            if objects:
                frame += "_object"
            return self._make(verb, frame, [(start, complement.right_edge.i + 1)], complement)
        return None

    def _object(self, verb: Token, arguments: Arguments) -> Candidate | None:
        for noun in arguments.get("dobj", ()):
            if self.cues.light(noun):
                return None
            parts = [self._without_aside(noun)]
            for child in verb.rights:
                predicate = child.dep_ in ("oprd", "acomp")
                if child.i > noun.i and (predicate or (child.dep_ == "prep" and child.lower_ in ("as", "of", "for"))):
                    parts.append(subtree(child))
            frame = "object_as" if len(parts) > 1 else "object"
            if len(parts) == 2 and parts[0][1] == parts[1][0]:
                parts = [(parts[0][0], parts[1][1])]
            return self._make(verb, frame, parts, noun)
        return None

    def _without_aside(self, noun: Token) -> Range:
        """Return a noun phrase without what the writer adds behind a comma (", which ...")."""
        start, end = subtree(noun)
        for child in noun.rights:
            if child.dep_ == "relcl" and child.left_edge.i and self.doc[child.left_edge.i - 1].text in (",", "--", "—"):
                return start, max(child.left_edge.i - 1, noun.i + 1)
        return start, end

    def _preposition(self, verb: Token, arguments: Arguments) -> Candidate | None:
        best: Candidate | None = None
        for preposition in arguments.get("prep", ()):
            if preposition.i < verb.i or preposition.lower_ not in _COMPLEMENT_PREPOSITIONS:
                continue
            for noun in preposition.children:
                if noun.dep_ in ("pobj", "pcomp"):
                    found = self._make(verb, preposition.lower_, [subtree(noun)], noun, preposition)
                    if best is None or self.cues.known(found) > self.cues.known(best):
                        best = found
        return best

    def _addressee(self, found: Candidate, arguments: Arguments) -> int | None:
        """Return who is spoken to: told reporters, urged Israel to stop, said to the press."""
        if found.lemma not in self.cues.rules.addressing:
            return self._named_after_to(arguments)
        for dep in ("dative", "dobj", "nsubjpass"):
            for token in arguments.get(dep, ()):
                if token.pos_ in _NOMINAL:
                    return token.i
        if found.frame == "infinitive_object" and found.content_head is not None:
            subjects = [c for c in self.doc[found.content_head].lefts if c.dep_ == "nsubj"]
            return subjects[0].i if subjects else None
        return None

    def _named_after_to(self, arguments: Arguments) -> int | None:
        for token in (*arguments.get("dative", ()), *arguments.get("prep", ())):
            if token.lower_ == "to":
                nouns = [c for c in token.children if c.dep_ == "pobj" and c.ent_type_ in _SPOKEN_TO]
                return nouns[0].i if nouns else None
        return None
