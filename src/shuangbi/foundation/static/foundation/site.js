/* Frame behaviour: folding navigation, keyboard, files, double clicks, messages when a partial page fails. Works without; no page depends on it. */
(function () {
  "use strict";
  var root = document.documentElement;
  var narrow = window.matchMedia("(max-width: 991.98px)");

  function remembered(name, value) {
    try {
      if (value === undefined) { return localStorage.getItem(name); }
      localStorage.setItem(name, value);
    } catch (refused) { return null; }
    return value;
  }

  if (remembered("side") === "folded") { root.classList.add("side-folded"); }

  function toggleSide() {
    if (narrow.matches) {
      root.classList.toggle("side-open");
    } else {
      root.classList.toggle("side-folded");
      remembered("side", root.classList.contains("side-folded") ? "folded" : "open");
    }
    sayWhetherOpen();
  }

  function sayWhetherOpen() {
    var button = document.querySelector("[data-fold]");
    if (!button) { return; }
    var open = narrow.matches ? root.classList.contains("side-open") : !root.classList.contains("side-folded");
    button.setAttribute("aria-expanded", String(open));
  }

  /* Keyboard: / search, ? keys, j k and arrows between rows, Enter opens a row */
  function typing(element) {
    return element.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(element.tagName);
  }

  function moveRow(step, current) {
    var rows = Array.prototype.slice.call(document.querySelectorAll("table[data-rows] > tbody > tr"));
    if (!rows.length) { return false; }
    var at = rows.indexOf(current);
    var next = at < 0 ? (step > 0 ? 0 : rows.length - 1) : Math.min(rows.length - 1, Math.max(0, at + step));
    rows[next].setAttribute("tabindex", "-1");
    rows[next].focus();
    return true;
  }

  function showKeys() {
    var dialog = document.getElementById("keys");
    if (dialog && dialog.showModal && !dialog.open) { dialog.showModal(); }
  }

  document.addEventListener("keydown", function (event) {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) { return; }
    if (event.key === "Escape") { closeMenus(null); return; }
    if (typing(event.target)) { return; }
    var row = event.target.closest("table[data-rows] > tbody > tr");
    var used = true;
    if (event.key === "/") {
      var search = document.querySelector("[data-search]");
      if (search) { search.focus(); search.select(); } else { used = false; }
    } else if (event.key === "?") { showKeys();
    } else if (event.key === "j" || (row && event.key === "ArrowDown")) { used = moveRow(1, row);
    } else if (event.key === "k" || (row && event.key === "ArrowUp")) { used = moveRow(-1, row);
    } else if (event.key === "Enter" && row === event.target) {
      var link = row.querySelector("a[href]");
      if (link) { link.click(); }
    } else { used = false; }
    if (used) { event.preventDefault(); }
  });

  function closeMenus(except) {
    document.querySelectorAll("details.menu[open], details.confirm[open]").forEach(function (menu) {
      if (menu !== except) { menu.removeAttribute("open"); }
    });
  }

  document.addEventListener("click", function (event) {
    var target = event.target;
    closeMenus(target.closest("details.menu, details.confirm"));
    if (target.closest("[data-fold]")) { event.preventDefault(); toggleSide(); }
    if (target.closest("[data-keys]")) { showKeys(); }
    if (target.closest("[data-close]")) { target.closest("dialog").close(); }
    if (target.closest("[data-cancel]")) { target.closest("details").removeAttribute("open"); }
    if (target.closest("[data-print]")) { window.print(); }
  });

  /* A second click sends nothing twice (the server refuses it too, by the idempotency key); data-many for downloads */
  document.addEventListener("submit", function (event) {
    var form = event.target;
    if (form.method !== "post" || form.dataset.many !== undefined) { return; }
    if (form.dataset.sent) { event.preventDefault(); return; }
    form.dataset.sent = "1";
    form.querySelectorAll("button[type=submit], button:not([type])").forEach(function (button) {
      button.setAttribute("aria-disabled", "true");
    });
  });
  window.addEventListener("pageshow", function () {
    document.querySelectorAll("form[data-sent]").forEach(function (form) {
      delete form.dataset.sent;
      form.querySelectorAll("[aria-disabled]").forEach(function (button) { button.removeAttribute("aria-disabled"); });
    });
  });

  /* File drop: name and size of what was chosen, before it is sent */
  function sizeText(bytes) {
    return bytes < 1048576 ? Math.max(1, Math.round(bytes / 1024)) + " kB" : (bytes / 1048576).toFixed(1) + " MB";
  }
  document.addEventListener("change", function (event) {
    var drop = event.target.closest(".file-drop");
    if (drop) {
      var list = drop.querySelector(".file-names");
      list.textContent = "";
      Array.prototype.forEach.call(event.target.files, function (file) {
        var item = document.createElement("li");
        item.textContent = file.name + " · " + sizeText(file.size);
        list.appendChild(item);
      });
    }
    if (event.target.matches("[data-submit]")) { event.target.form.submit(); }
  });
  ["dragover", "dragleave", "drop"].forEach(function (name) {
    document.addEventListener(name, function (event) {
      var drop = event.target.closest && event.target.closest(".file-drop");
      if (drop) { drop.classList.toggle("is-over", name === "dragover"); }
    });
  });

  /* Partial pages: a quiet bar while loading, words when it failed */
  document.addEventListener("htmx:beforeRequest", function () { root.classList.add("is-loading"); });
  document.addEventListener("htmx:afterRequest", function () { root.classList.remove("is-loading"); });
  ["htmx:responseError", "htmx:sendError", "htmx:timeout"].forEach(function (name) {
    document.addEventListener(name, function () {
      var words = document.getElementById("request-failed");
      var place = document.getElementById("notices");
      if (words && place) {
        place.textContent = "";
        place.appendChild(words.content.cloneNode(true));
        place.scrollIntoView({ block: "nearest" });
      }
    });
  });

  document.addEventListener("DOMContentLoaded", function () {
    sayWhetherOpen();
    var summary = document.querySelector("[data-error-summary]");
    if (summary) { summary.focus(); }
  });
})();
