// What a browser adds where it can run scripts; every page works without.
"use strict";

const one = (selector) => document.querySelector(selector);
const all = (selector) => [...document.querySelectorAll(selector)];

function showThatItLoads() {
  const going = () => document.body.classList.add("going");
  addEventListener("submit", (event) => event.defaultPrevented || going());
  addEventListener("click", (event) => {
    const link = event.target.closest("a[href]");
    const plain = event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey;
    if (link && plain && !link.hasAttribute("download") && !link.getAttribute("href").startsWith("#")) going();
  });
  addEventListener("pageshow", () => document.body.classList.remove("going"));
}

function answerKeys() {
  addEventListener("keydown", (event) => {
    if (event.target.closest("input, textarea") || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "/") {
      event.preventDefault();
      one("#q")?.focus();
      one("#q")?.select();
    }
    const neighbour = { ArrowLeft: "prev", ArrowRight: "next" }[event.key];
    if (neighbour && event.target !== one(".scroller")) one(`a[rel="${neighbour}"]`)?.click();
  });
}

function aimAtTheCell() {
  const cell = document.getElementById("cell");
  const scroller = one(".scroller");
  if (!cell || !scroller) return;
  scrollTo(0, 0); // the browser went to the cell; the page shall show what it is about as well
  const at = cell.getBoundingClientRect();
  const frame = scroller.getBoundingClientRect();
  scroller.scrollBy(at.left - frame.left - (frame.width - at.width) / 2, at.top - frame.top - frame.height / 2.6);
}

function tieFieldsToMarks() {
  const pointing = one("#pointing");
  const usual = pointing?.textContent;
  const light = (field, on) => {
    all("[data-field]").forEach((part) => part.classList.toggle("lit", on && part.dataset.field === field));
  };
  const enter = (event) => {
    const part = event.target.closest?.("[data-field]");
    if (!part) return;
    light(part.dataset.field, true);
    const mark = all(".mark").find((one) => one.dataset.field === part.dataset.field);
    if (pointing) pointing.textContent = mark?.querySelector("title").textContent ?? usual;
  };
  const leave = (event) => {
    if (!event.target.closest?.("[data-field]")) return;
    light("", false);
    if (pointing) pointing.textContent = usual;
  };
  if (!one(".desk .mark")) return;
  ["mouseover", "focusin"].forEach((name) => addEventListener(name, enter));
  ["mouseout", "focusout"].forEach((name) => addEventListener(name, leave));
}

function zoomThePaper() {
  const papers = one(".papers");
  const buttons = all("button[data-zoom]");
  let zoom = 1;
  buttons.forEach((button) => {
    button.hidden = false;
    button.addEventListener("click", () => {
      zoom = Math.min(3, Math.max(1, zoom + (button.dataset.zoom === "in" ? 1 : -1)));
      papers.dataset.zoom = zoom;
      aimAtTheCell();
    });
  });
}

function offerToCopy() {
  all("button[data-copy]").forEach((button) => {
    const source = document.getElementById(button.dataset.copy);
    button.hidden = false;
    button.addEventListener("click", async () => {
      source.select?.();
      try {
        await navigator.clipboard.writeText(source.value ?? source.href);
      } catch {
        const field = document.body.appendChild(Object.assign(document.createElement("textarea"), { value: source.value ?? source.href }));
        field.select();
        document.execCommand("copy"); // pages not served over https have no clipboard
        field.remove();
      }
      button.textContent = document.documentElement.lang === "en" ? "Copied" : "已复制";
    });
  });
}

function followTheWork() {
  if (!one("[data-live]")) return;
  let seen = null;
  setInterval(async () => {
    if (document.hidden) return;
    try {
      const status = await (await fetch("/api/status")).text();
      if (seen !== null && status !== seen) {
        const fresh = new DOMParser().parseFromString(await (await fetch(location.href)).text(), "text/html");
        if (!one("[data-live]").contains(document.activeElement)) one("[data-live]").replaceWith(fresh.querySelector("[data-live]"));
        else one("main .listing")?.replaceWith(fresh.querySelector("main .listing") ?? "");
      }
      seen = status;
    } catch {
      seen = ""; // the service was restarted: look again, and show what is new then
    }
  }, 2000);
}

showThatItLoads();
answerKeys();
tieFieldsToMarks();
zoomThePaper();
offerToCopy();
followTheWork();
requestAnimationFrame(aimAtTheCell);
addEventListener("load", () => setTimeout(aimAtTheCell, 50)); // after the browser went to the cell once more
