"""The Ray engine: the readers of the local engine on the nodes of a cluster, from one machine to many.

Four kinds of process, made for a hundred million documents:

- *Feeders* open sources (files, objects of a store) and cut documents out of them, leave out those that the ledger has,
  and give the others in chunks. They take no CPU of their own, so that readers that hold every CPU do not keep them out
  and the run cannot stand still (with Ray Data it did).
- *Readers* have a model each, loaded once, in a worker process as the local engine has it. They make rows of a ledger
  out of documents: what costs time is done where there are many.
- The *driver* hands out references to chunks, not documents, and commits rows to the ledger, many in one commit.
- Ray's object store carries chunks and rows from node to node. No more than a few chunks for each reader are under way.

What the driver keeps of a document is one number of eight bytes, its id and what coded it as a hash (``known``): 800 MB
for a hundred million, which every node shares among its feeders. By these numbers documents are left out that are in
the ledger, and those that come twice; so feeding, reading and answering may each be done again, and nothing is
remembered of what is under way. Whatever is lost with a node, its source is read again, and only what is not known is
coded. If the driver is lost, the next run starts from what the ledger says.

One process commits, because the ledger's order of versions and the copies among documents are one matter: rows come to
it ready made, so that it appends some thousands a second, as many as several hundred readers make. Finding copies while
appending takes 2 kB of memory for each document of the ledger, too much for a hundred million on most machines:
``linked=False`` leaves that to ``Ledger.relink``.

Ray Data was the other choice: it streams blocks through pools of actors in the same way, but repeats a block for ever
that kills its actor, has no reader for web archives, writes a Delta table in one commit at the very end, and its
interface changes from release to release. What is used here of Ray (actors, objects, waiting) has not changed in years.
"""
