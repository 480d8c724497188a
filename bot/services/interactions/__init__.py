"""What products send: interactions, business numbers, and the keys they come with.

Nothing is imported here: worker processes load ``preparation`` and need no database.

preparation   bytes -> redacted rows, in a worker process      packing   gzip, within bounds
service       taking them in                                  writing   many requests, one transaction
feedback      what their users say of them                    keys      who may send
retention     how long they are kept                          watching  what features say about it
pricing       tokens -> US dollars
"""
