"""What a person needs to see, measured in the page: contrast, names of controls, room."""

from typing import Any

CONTRAST = 4.5
"""The least contrast of text with its background: WCAG 2.2, 1.4.3, level AA; here for large text, too."""

# Every run of visible text with the colour it has and the colours behind it, laid over one another; relative
# luminance and contrast as WCAG defines them.
_CONTRASTS = """() => {
  const parse = colour => {
    const [r, g, b, a = 1] = colour.match(/[\\d.]+/g).map(Number);
    return [r, g, b, a];
  };
  const over = (top, under) => top.slice(0, 3).map((value, i) => value * top[3] + under[i] * (1 - top[3])).concat(1);
  const behind = element => {
    const layers = [];
    for (let at = element; at; at = at.parentElement) layers.push(parse(getComputedStyle(at).backgroundColor));
    const dark = matchMedia("(prefers-color-scheme: dark)").matches;
    return layers.reverse().reduce((under, top) => over(top, under), dark ? [18, 18, 18, 1] : [255, 255, 255, 1]);
  };
  const luminance = colour => {
    const [r, g, b] = colour.slice(0, 3).map(value => value / 255)
      .map(value => value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const found = new Map();
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    if (!walker.currentNode.data.trim() || element.closest("script, style, option")) continue;
    if (!element.checkVisibility({visibilityProperty: true, opacityProperty: true})) continue;
    const style = getComputedStyle(element), under = behind(element);
    const [one, two] = [luminance(over(parse(style.color), under)), luminance(under)];
    const ratio = (Math.max(one, two) + 0.05) / (Math.min(one, two) + 0.05);
    const name = `${element.localName}.${element.className} ${style.color} on ${under.slice(0, 3).map(Math.round)}`;
    found.set(name, ratio);
  }
  return [...found];
}"""
_NAMELESS = """() => [...document.querySelectorAll(
    "a[href], button, input, select, textarea, summary, dialog, progress, [role], [tabindex]")]
  .filter(element => element.checkVisibility())
  .filter(element => {
    const by = (element.getAttribute("aria-labelledby") || "").split(" ").map(id => document.getElementById(id));
    const named = by.concat([...(element.labels || [])]).map(other => other ? other.textContent : "").join("");
    const own = ["INPUT", "SELECT", "TEXTAREA", "PROGRESS"].includes(element.tagName) ? "" : element.textContent;
    return !(element.getAttribute("aria-label") || named || own).trim();
  })
  .map(element => element.outerHTML.slice(0, 200))"""
# What is scrolled in a box of its own takes no room from the page.
_TOO_WIDE = """() => document.documentElement.scrollWidth <= innerWidth ? [] : [...document.querySelectorAll("body *")]
  .filter(element => element.getBoundingClientRect().right > innerWidth + 1)
  .map(element => `${element.localName}#${element.id}.${element.className}`)"""


def faint(page: Any) -> list[str]:
    """Text that is too close in colour to what is behind it."""
    found = page.evaluate(_CONTRASTS)
    assert found, "no text was measured"
    return [f"{ratio:.2f}: {name}" for name, ratio in found if ratio < CONTRAST]


def nameless(page: Any) -> list[str]:
    """Controls that say nothing to somebody who cannot see them."""
    return list(page.evaluate(_NAMELESS))


def too_wide(page: Any) -> list[str]:
    """What makes the page scroll sideways."""
    return list(page.evaluate(_TOO_WIDE))
