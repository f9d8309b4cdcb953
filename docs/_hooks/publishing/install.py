"""The first code cell of a notebook: it installs what the others import."""

import json

_CELL = '''\
def install(needed):
    """{what}"""
    import subprocess
    import sys
    from importlib import invalidate_caches, metadata

    def here(name):
        try:
            return metadata.version(name).partition("+")[0]  # 2.13.0 of 2.13.0+cpu
        except metadata.PackageNotFoundError:
            return None

    other = [f"{{name}}=={{v}}" for name, v in needed.items() if here(name) != v]
    if not other:
        return print("{nothing}")
    print("{installs}".format(", ".join(other)))
    used = metadata.packages_distributions()
    used = {{name for module in used if module in sys.modules for name in used[module]}}
    before = {{name: here(name) for name in used}}
    pip = [sys.executable, "-m", "pip", "install", "--quiet", *other]
    done = subprocess.run(pip, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    if done.returncode:
        print(done.stdout.decode(errors="replace"))
        raise RuntimeError("{failed}")
    invalidate_caches()
    if old := sorted(name for name in used if here(name) != before[name]):
        raise RuntimeError("{restart}".format(", ".join(old)))
    print("{done}")


install({needed})'''
_SAYS = {
    "en": {
        "what": "Install what is missing or has another version, and nothing else.",
        "nothing": "Nothing to install: all packages are here, in the right versions.",
        "installs": "Installing {}; the first time this takes minutes.",
        "failed": "pip could not install this, and says why above. Help: {help}",
        "restart": "Installed. But {} is in use already, in another version: restart the"
        " kernel, then run all cells again.",
        "done": "Installed.",
    },
    "zh": {
        "what": "只安装缺少的和版本不同的包，别的一概不动。",
        "nothing": "不用安装：包都有了，版本也对。",
        "installs": "正在安装 {}，第一次要几分钟。",
        "failed": "pip 安装失败，原因见上方。解决办法：{help}",
        "restart": "装好了，但 {} 的旧版本已经加载：请重启内核，再从头运行所有单元格。",
        "done": "装好了。",
    },
}


def installing_cell(pins: list[str], language: str, guide: str) -> str:
    """Return the source of the cell.

    Args:
        pins: what pip must install, as ``torch==2.13.0``.
        language: of what the cell says.
        guide: address of the page that helps where pip fails.
    """
    needed = dict(pin.split("==") for pin in pins)
    says = _SAYS[language]
    failed = says["failed"].format(help=f"{guide}#problems")
    return _CELL.format_map(says | {"failed": failed, "needed": json.dumps(needed)})
