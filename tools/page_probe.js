/* Runs in a page and answers with what is wrong in it, as sentences. Given {language, print}. */
(asked) => {
  const found = [];
  const root = document.documentElement;
  const words = (element) => (element.textContent || "").replace(/\s+/g, " ").trim().slice(0, 60);
  const name = (element) => element.tagName.toLowerCase() + (element.className && element.className.baseVal === undefined ? "." + String(element.className).trim().split(/\s+/).join(".") : "");
  const shown = (element) => {
    const style = getComputedStyle(element);
    const box = element.getBoundingClientRect();
    return style.visibility !== "hidden" && style.display !== "none" && box.width > 1 && box.height > 1 && style.clip !== "rect(0px, 0px, 0px, 0px)";
  };

  if (!asked.print && root.scrollWidth > root.clientWidth + 1) {
    found.push("overflow: the page is " + (root.scrollWidth - root.clientWidth) + " px wider than its window");
    for (const element of document.body.querySelectorAll("*")) {
      const box = element.getBoundingClientRect();
      if (box.right > root.clientWidth + 1 && shown(element) && !element.closest("svg, .table-wrap.is-wide")) {
        found.push("overflow: " + name(element) + " “" + words(element) + "”");
        break;
      }
    }
  }

  for (const element of document.body.querySelectorAll("*")) {
    if (element.closest("svg, template, script, .chart-canvas, details:not([open]) > :not(summary)") || !shown(element)) { continue; }
    const style = getComputedStyle(element);
    const hides = (value) => value === "hidden" || value === "clip";
    if (hides(style.overflowX) && element.scrollWidth > element.clientWidth + 1 && element.clientWidth > 0 && words(element)) {
      found.push("clipped: " + name(element) + " “" + words(element) + "”");
    } else if (hides(style.overflowY) && element.scrollHeight > element.clientHeight + 2 && element.clientHeight > 0 && words(element)) {
      found.push("clipped in height: " + name(element) + " “" + words(element) + "”");
    }
    if (element.matches("button, a.btn, .status, .light, th") && element.scrollWidth > element.clientWidth + 2 && element.clientWidth > 0 && style.display !== "inline") {
      found.push("text wider than " + name(element) + " “" + words(element) + "”");
    }
    if (element.matches("input[type=text], input:not([type]), select") && element.scrollWidth > element.clientWidth + 2 && element.value) {
      found.push("value longer than its field: " + name(element) + " “" + element.value.slice(0, 40) + "”");
    }
  }

  /* Names, units and formats that are the same in both languages */
  const common = /^(Excel|CSV|xlsx|csv|PDF|DOCX|HTML|pdf|docx|html|JSON|SHA-256|SHA256|English|MB|kB|GB|GB\/T|QR|YAML|km|OK|URL|API|Enter|Esc|j|k|No|v\d.*|[A-Z]{1,3}|[A-Z0-9]+(-[A-Z0-9]+)*|[a-z]?[0-9][\w.-]*|[0-9a-f]{6,})$/;
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const strange = new Set();
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const parent = node.parentElement;
    if (!parent || parent.closest("script, style, template, code, kbd, [data-content], [lang]:not(html), .chart-canvas, pre")) { continue; }
    if (parent.closest("details:not([open])") === null && !shown(parent) && parent.tagName !== "OPTION") { continue; }
    check(node.textContent);
  }
  for (const element of document.body.querySelectorAll("[placeholder], [title], [aria-label], [alt]")) {
    if (element.closest("[data-content]")) { continue; }
    for (const attribute of ["placeholder", "title", "aria-label", "alt"]) {
      if (element.hasAttribute(attribute)) { check(element.getAttribute(attribute)); }
    }
  }
  check(document.title.split(" · ")[0]);
  function check(text) {
    if (asked.language === "zh") {
      for (const word of text.match(/[A-Za-z][A-Za-z0-9'_.\/-]*/g) || []) {
        if (word.length > 1 && !common.test(word.replace(/[.'-]+$/, ""))) { strange.add("untranslated: “" + text.trim().replace(/\s+/g, " ").slice(0, 60) + "”"); break; }
      }
    } else if (/[\u3400-\u9fff]/.test(text.replace(/亿元|万元|亿|万|元|亩|㎡/g, ""))) {
      strange.add("untranslated: “" + text.trim().replace(/\s+/g, " ").slice(0, 60) + "”");
    }
  }
  return found.slice(0, 12).concat(Array.from(strange).slice(0, 20));
}
