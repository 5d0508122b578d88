"use strict";
(() => {
  const light = () => {
    for (const el of document.querySelectorAll(".lit")) el.classList.remove("lit");
    const id = decodeURIComponent(location.hash.slice(1));
    const target = id && document.getElementById(id);
    if (!target) return;
    for (let el = target.parentElement; el; el = el.parentElement) {
      if (el.tagName === "DETAILS" && !el.open) {
        el.open = true;
        target.scrollIntoView();
      }
    }
    for (const el of document.querySelectorAll("[data-of]")) {
      if (el.dataset.of === id) el.classList.add("lit");
    }
  };
  addEventListener("hashchange", light);
  addEventListener("beforeprint", () => {
    for (const el of document.querySelectorAll("details")) el.open = true;
  });
  light();
})();
