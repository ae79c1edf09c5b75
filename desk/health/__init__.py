"""Whether the work goes on: what is looked at, what is judged of it, in which words.

look       asks store and disks; the only module here that does
judge      pure: what was observed, the configuration and a moment become troubles
trouble    a trouble is a code with facts
words      sentences of the catalog, each ending with its remedy
"""
