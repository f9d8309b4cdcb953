"""The checker: a pytest plugin that reads every page and runs every example on it.

For pytest there are ``plugin.py`` (options, hooks, what is said at the end), ``named.py``
(pages named after an option) and ``items.py`` (a page and its examples as tests).

Without running anything: ``structure.py`` (sections, titles, recorded outputs),
``images.py``, ``links.py``, ``mistakes.py`` (boxes in which a mistake is made) and
``typography.py``; for the two languages ``translation.py``, which asks ``parity.py``
(blocks, numbers and formulas), ``order.py`` (what moved), ``drift.py`` (what changed in
one language alone) and ``terms.py`` (the glossary); ``tree.py`` for the project.

Running: ``run.py`` starts ``program.py`` in a process of its own, where ``shell.py`` runs
sections as a notebook does, ``watch.py`` sees files and the network, ``figures.py`` keeps
what is drawn and ``words.py`` finds words in it. ``advice.py`` says what helps against
an error, ``again.py`` runs code again, and ``causes.py`` says why it then did something
else. ``examples.py`` and ``compare.py`` compare with what is shown, ``record.py`` writes
it, ``files.py`` helps both.
"""
