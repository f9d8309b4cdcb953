"""A small project with one good lesson, for tests that make it bad."""

from pathlib import Path

from reading.files import files_below

FILES = {
    "mkdocs.yml": """\
nav:
  - Part:
      - part/lesson.md
  - about/glossary.md
plugins:
  - i18n:
      languages:
        - locale: zh
          nav_translations:
            Part: 部分
""",
    "pytest.ini": "[pytest]\ntestpaths = docs\n",
    "docs/about/glossary.md": """\
# Glossary {#glossary}

| English | 中文 | Meaning | Also called |
|---|---|---|---|
| [loss](../part/lesson.md#lesson) | 损失 | How wrong a model is. | 代价 |

| English | 中文 | Meaning |
|---|---|---|
| gradient | 梯度 | Which way is up. |
| gradient descent | 梯度下降 | Going down, step by step. |
""",
    "docs/about/glossary.zh.md": """\
# 术语表 {#glossary}

| English | 中文 | 含义 | 别名 |
|---|---|---|---|
| [loss](../part/lesson.md#lesson) | 损失 | 模型错得多离谱。 | 代价 |

| English | 中文 | 含义 |
|---|---|---|
| gradient | 梯度 | 哪边是上坡。 |
| gradient descent | 梯度下降 | 一步步往下走。 |
""",
    "snippets/part/lesson.py": """\
# --8<-- [start:data]
points = [(1, 3), (2, 5), (3, 8)]
# --8<-- [end:data]

# --8<-- [start:mean]
mean = sum(y for _, y in points) / len(points)
print(f"mean = {mean:.4f}")
# --8<-- [end:mean]

# --8<-- [start:draw]
import matplotlib.pyplot as plt

plt.plot(*zip(*points), "o")
plt.show()
# --8<-- [end:draw]

# --8<-- [start:double]
print(f"{2 * mean:.4f}")
# --8<-- [end:double]
""",
    "docs/part/lesson.md": """\
# A lesson {#lesson}

The loss is small. See the [glossary](../about/glossary.md#glossary) and [below](#more).

```python
--8<-- "part/lesson.py:data"
```

```python
--8<-- "part/lesson.py:mean"
```

```text
--8<-- "part/lesson.txt:mean"
```

The mean is $m$:

$$
m = \\frac{1}{N} \\sum_i y_i
$$

```python
--8<-- "part/lesson.py:draw"
```

![Three points that rise.](../assets/figures/part/lesson-draw.svg)
The points.

## More {#more}

- First.
- Second.

!!! failure wrong "Break it: double"

    Twice the mean.

    ```python
    --8<-- "part/lesson.py:double"
    ```

    ```text
    --8<-- "part/lesson.txt:double"
    ```

    **What you see:** too much. **Why:** it is doubled. **What to do:** do not.

The end.
""",
    "docs/part/lesson.zh.md": """\
# 一课 {#lesson}

损失很小。见[术语表](../about/glossary.md#glossary)和[下文](#more)。

```python
--8<-- "part/lesson.py:data"
```

```python
--8<-- "part/lesson.py:mean"
```

```text
--8<-- "part/lesson.txt:mean"
```

均值是 $m$：

$$
m = \\frac{1}{N} \\sum_i y_i
$$

```python
--8<-- "part/lesson.py:draw"
```

![三个逐渐升高的点。](../assets/figures/part/lesson-draw.svg)
圆点是数据。

## 再来 {#more}

- 第一。
- 第二。

!!! failure wrong "动手弄坏它：加倍"

    均值的两倍。

    ```python
    --8<-- "part/lesson.py:double"
    ```

    ```text
    --8<-- "part/lesson.txt:double"
    ```

    **现象**：太多。**原因**：加倍了。**对策**：别加倍。

完。
""",
}


def write(root: Path) -> None:
    """Write the good project, without what the recorder adds."""
    for name, text in FILES.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def litter(root: Path) -> None:
    """Leave beside every file what editors and systems leave, and in a folder for labs."""
    for file in [*files_below(root), root / "docs/labs/lab.md"]:
        name, checkpoint = file.name, f"{file.stem}-checkpoint{file.suffix}"
        for stray in (
            *(f".{name}.swp", f"{name}~", f"#{name}#", f"._{name}", ".DS_Store"),
            *("Thumbs.db", "desktop.ini", f".ipynb_checkpoints/{checkpoint}"),
        ):
            path = file.parent / stray
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(b"\0\xff\n")
        file.with_name(f".#{name}").symlink_to("someone@computer.4711")  # Emacs' lock
