"""LaTeX to SVG, offline: MathJax 3 in V8 inside this process, so that a page needs neither script nor network.

MathJax's files come with the package sphinx-mathjax-offline, V8 with mini-racer. A formula is a student's text: it is
handed over as data, V8 has no way to files or the network, and time and memory are bounded. A formula that fails shows
its own source and MathJax's message, and never loses the page.
"""

import atexit
import html
import importlib.util
import json
import re
import secrets
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from pathlib import Path

from coursework.core.text import CONTROL
from coursework.returning.strokes import strokes

SECONDS = 5  # for one formula
DEFINES = re.compile(
    r"\\(?:new|renew|provide)(?:command|environment)|\\[gex]?def\b|\\let\b|\\Declare\w+|\\definecolor\b|\\(?:label|eqref|ref|tag)\b"
)
MOST_DEFINING = 300  # formulas of a page that define something; later ones define nothing any more
MEMORY = 512 * 2**20  # bytes of V8's heap
FILES = (
    "startup.js",
    "core.js",
    "adaptors/liteDOM.js",
    "input/tex-full.js",
    "output/svg.js",
    "output/svg/fonts/tex.js",
)
# Packages that load files, write HTML, want a script (action) or hide errors are left out. Jupyter has their commands:
# of those that students write, what is seen stays.
SCRIPT = """
const _ = MathJax._;
const adaptor = _.adaptors.liteAdaptor.liteAdaptor();
_.handlers.html_ts.RegisterHTMLHandler(adaptor);
const left = ["require", "autoload", "html", "noerrors", "noundefined", "bussproofs", "physics", "action"];
const packages = _.input.tex.AllPackages.AllPackages.filter((name) => !left.includes(name));
const fresh = () => new _.input.tex_ts.TeX({
  packages, maxMacros: 1000, maxBuffer: 10000, macros: {
    bm: ["\\\\boldsymbol{#1}", 1], require: ["", 1], href: ["{#2}", 2], class: ["{#2}", 2], cssId: ["{#2}", 2],
    style: ["{#2}", 2], mathtip: ["{#1}", 2], texttip: ["{#1}", 2],
  },
  formatError: (jax, error) => { throw new Error(error.message); },
});
const pages = new Map();  // those whose formulas define something: page → its own TeX
globalThis.convert = (tex, display, key) => {
  const input = pages.get(key) || fresh();
  const font = new _.output.svg.fonts.tex_ts.TeXFont({});
  const output = new _.output.svg_ts.SVG({fontCache: "none", font});
  const page = _.mathjax.mathjax.document("", {InputJax: input, OutputJax: output});
  const node = page.convert(tex, {display, em: 16, ex: 8, containerWidth: 700});
  return adaptor.innerHTML(node);
};
globalThis.attempt = (tex, display, key) => {
  try { return JSON.stringify({svg: convert(tex, display, key)}); }
  catch (error) { return JSON.stringify({error: String(error.message)}); }
};
globalThis.open = (key, before) => {
  if (pages.has(key)) return 0;
  while (pages.size > 7) pages.delete(pages.keys().next().value);
  pages.set(key, fresh());
  for (const [tex, display] of before) attempt(tex, display, key);
  return 0;
};
0
"""


class Engine:
    """One V8 with MathJax in it, in a thread of its own: event loops of the caller are in nobody's way."""

    def __init__(self) -> None:
        from py_mini_racer import init_mini_racer

        # By the thread that ends last: where V8 guards its memory by keys of the processor, a process whose V8 began in
        # another thread ends by a segmentation fault, after its work is done.
        init_mini_racer(ignore_duplicate_init=True)
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="formulas")
        self._thread.submit(self._load).result()
        atexit.register(self.close)

    def _load(self) -> None:
        from py_mini_racer import MiniRacer

        spec = importlib.util.find_spec("sphinx-mathjax-offline")
        assert spec is not None and spec.submodule_search_locations, "sphinx-mathjax-offline is not installed"
        folder = Path(spec.submodule_search_locations[0], "static", "mathjax")
        self._js = MiniRacer()
        self._js.eval(
            "globalThis.MathJax = {loader: {load: [], ready: () => {}}, startup: {typeset: false, ready: () => {}}};"
            "globalThis.console = {log() {}, warn() {}, error() {}}; 0"
        )
        for name in FILES:
            self._js.eval((folder / name).read_text(encoding="utf-8") + ";0")
        self._js.eval(SCRIPT)
        self._js.set_hard_memory_limit(MEMORY)
        if "<svg" not in self._ask("x^2", False, 60).get("svg", ""):
            raise RuntimeError("MathJax does not work here: reinstall mini-racer and sphinx-mathjax-offline")

    def _ask(self, tex: str, display: bool, seconds: float, key: str = "") -> dict:
        call = f"attempt({json.dumps(tex)}, {json.dumps(display)}, {json.dumps(key)})"
        return json.loads(str(self._js.eval(call, timeout_sec=seconds)))

    def _convert(self, tex: str, display: bool, key: str, before: list[tuple[str, bool]]) -> dict:
        try:
            if key:
                self._js.eval(f"open({json.dumps(key)}, {json.dumps(before)})", timeout_sec=2 * SECONDS)
            return self._ask(tex, display, SECONDS, key)
        except Exception:  # the engine may be broken, so a new one takes over
            self._js.close()
            self._load()
            return {"error": "too long or too large"}

    def convert(self, tex: str, display: bool, key: str = "", before: list[tuple[str, bool]] | None = None) -> dict:
        """{"svg": …} or {"error": one line}. `key` names a page on which the formulas `before` were set already."""
        return self._thread.submit(self._convert, tex, display, key, before or []).result()

    def close(self) -> None:
        """Without this the interpreter would hang at its exit; by then no thread takes work any more."""
        self._js.close()


@lru_cache(maxsize=1)
def engine() -> Engine:
    return Engine()


class Formulas:
    """The formulas of one page, in their order: what one defines holds in those below it, and on no other page.

    So does Jupyter, where a page has one MathJax. Labels and numbers hold in the same way.
    """

    def __init__(self) -> None:
        self.key = secrets.token_hex(8)
        self.before: list[tuple[str, bool]] = []  # the formulas that define something

    def set(self, tex: str, display: bool) -> str:
        """The formula as HTML, see `formula`."""
        tex = CONTROL.sub("", tex).strip()
        defines = DEFINES.search(tex) is not None and len(self.before) < MOST_DEFINING
        if not defines and not self.before:
            return formula(tex, display)
        found = engine().convert(tex, display, self.key, self.before)
        if defines:
            self.before.append((tex, display))
        return _shown(tex, display, found)


@lru_cache(maxsize=20_000)
def formula(tex: str, display: bool) -> str:
    """The formula as HTML: an SVG whose source is its label, or the source in red with the reason."""
    tex = CONTROL.sub("", tex).strip()
    return _shown(tex, display, engine().convert(tex, display))


def _shown(tex: str, display: bool, found: dict) -> str:
    kind = "display" if display else "inline"
    label = html.escape(tex, quote=True)
    if "svg" in found:
        try:
            svg = strokes(found["svg"]).replace("<svg ", f'<svg aria-label="{label}" ', 1)
            return f'<span class="math {kind}">{svg}</span>'
        except ValueError as why:
            found = {"error": str(why)}
    said = str(found.get("error", "")).replace("Undefined control sequence", "unknown command")
    reason = html.escape(said.replace("Unknown environment", "unknown environment")[:200], quote=True)
    return f'<span class="math broken" title="{reason}">{label} <small>({reason})</small></span>'
