"""The checker: a pytest plugin that reads every page and runs every example on it.

For pytest there are ``plugin.py`` (options, hooks, what is said at the end), ``named.py``
(pages named after an option), ``settings.py`` (mkdocs.yml) and ``items.py`` (a page and
its examples as tests).

Without running anything: ``structure.py`` (sections, titles, recorded outputs),
``images.py``, ``links.py``, ``mistakes.py`` (boxes in which a mistake is made),
``outputs.py`` (nan that nobody meant), ``markdown.py`` (Markdown of other sites),
``slips.py`` (of the hand), ``packages.py`` (imports that no pin names), ``typography.py``
and ``languages.py`` (texts in the other language); for the two languages
``translation.py``, which asks ``parity.py`` (blocks, numbers and formulas), ``drift.py``
(what changed in one language alone) and ``terms.py`` (the glossary). For the project
``tree.py``, ``course.py`` (the way from lesson to lesson), ``pins.py``, ``styles.py``,
``templates.py``, and ``scripts.py`` with ``scripts.mjs`` for JavaScript.

Running: ``run.py`` starts ``program.py`` in a process of its own, where ``shell.py`` runs
sections as a notebook does, ``watch.py`` sees files and the network, ``figures.py`` keeps
<<<<<<< HEAD
what is drawn and ``words.py`` finds words in it; ``orphan.py`` ends what outlives the
check. ``examples.py`` and ``compare.py`` compare with what is shown, ``record.py`` writes
it, ``files.py`` helps both.
=======
what is drawn and ``words.py`` finds words in it. ``examples.py`` and ``compare.py``
compare with what is shown, ``record.py`` writes it, ``files.py`` helps both. ``clock.py`` shows
the program another day, and ``rounded.py`` keeps numbers as they were before rounding.
>>>>>>> 81270fa793c1cb08529c785505d2fa5f8a5e0a87
"""
