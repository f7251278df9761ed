"""Many statements become utterances: one act of speaking, told by several reports in different words.

from sayso.corroboration import Utterances
with Utterances(ledger) as utterances:
    utterances.update()
    for utterance in utterances.told(omitted=True):
        print(utterance.speaker, [(v.publisher, v.words, v.omits) for v in utterance.variants])
"""
