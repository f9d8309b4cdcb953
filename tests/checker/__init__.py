"""The checker: a pytest plugin that reads every page and runs every example on it.

For pytest there are ``plugin.py`` (options, hooks, what is said at the end), ``named.py``
(pages named after an option), ``settings.py`` (mkdocs.yml) and ``items.py`` (a page and
its examples as tests).

Without running anything, of a page: ``structure.py`` (sections, titles, recorded outputs),
``images.py``, ``links.py``, ``mistakes.py`` (boxes in which a mistake is made),
``outputs.py`` (nan that nobody meant), ``markdown.py`` (Markdown of other sites),
``slips.py`` (of the hand), ``packages.py`` (imports that no pin names), ``typography.py``
and ``languages.py`` (texts in the other language). For the two languages
``translation.py``, which asks ``parity.py`` (blocks, numbers and formulas), ``drift.py``
and ``order.py`` (what changed or moved in one language alone) and ``terms.py`` (the
glossary). For the project ``tree.py``, ``course.py`` (the way from lesson to lesson),
``pins.py``, ``styles.py``, ``templates.py``, and ``scripts.py`` with ``scripts.mjs`` for
JavaScript.

Running: ``run.py`` starts ``program.py`` in a process of its own, which ``orphan.py`` ends
with the check. There ``shell.py`` runs sections as a notebook does, ``advice.py`` says what
helps against what they raise, ``watch.py`` sees files and the network, ``figures.py`` keeps
what is drawn and ``words.py`` finds words in it. ``examples.py`` and ``compare.py`` compare
with what is shown. Where that differs, and before ``record.py`` writes it, ``again.py``
runs the code twice more: ``clock.py`` shows it another day, ``rounded.py`` keeps numbers as
they were before rounding, and ``causes.py`` says why they differ. ``files.py`` helps all.
"""
