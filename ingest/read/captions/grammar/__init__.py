"""The one caption grammar: how people say which photo their words are about.

[keterangan] [foto] designator [mark] text        text designator        designator
                                                                         text

words ─► designators ─► marks ─► lines ─► passages ─► flow (headings, lists, anchors), tables, chat
"""
