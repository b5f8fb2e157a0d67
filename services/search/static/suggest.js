// Completes what is being typed; without scripts the search box works all the same.
"use strict";

const KINDS = { indicator: "指标", project: "项目", department: "部门", budget_unit: "单位" };
const WAIT = 120;

class Completer {
  constructor(form) {
    this.form = form;
    this.box = form.querySelector("input[type=search]");
    this.list = Object.assign(document.createElement("ul"), { id: `${this.box.id}-list`, className: "completions", hidden: true });
    this.told = Object.assign(document.createElement("span"), { className: "unseen" });
    this.told.setAttribute("role", "status");
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", "建议");
    const roles = { role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": this.list.id };
    Object.entries(roles).forEach(([name, value]) => this.box.setAttribute(name, value));
    form.append(this.list, this.told);
    this.active = -1;
    this.asked = 0;
    this.box.addEventListener("input", () => this.askSoon());
    this.box.addEventListener("keydown", (event) => this.answerKey(event));
    this.box.addEventListener("blur", () => setTimeout(() => this.close(), 150));
  }

  askSoon() {
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => this.ask(), WAIT);
  }

  async ask() {
    const mine = ++this.asked;
    const typed = this.box.value;
    if (!typed.trim()) return this.close();
    try {
      const answer = await fetch(`${this.form.dataset.suggest}?${new URLSearchParams({ q: typed })}`);
      const found = answer.ok ? (await answer.json()).completions : [];
      if (mine === this.asked && document.activeElement === this.box) this.show(found);
    } catch {
      this.close();
    }
  }

  show(found) {
    this.found = found;
    this.active = -1;
    this.list.replaceChildren(...found.map((one, place) => this.option(one, place)));
    this.list.hidden = !found.length;
    this.box.setAttribute("aria-expanded", String(!this.list.hidden));
    this.box.removeAttribute("aria-activedescendant");
    this.told.textContent = found.length ? `${found.length} 条建议，用上下键选择` : "";
  }

  option(one, place) {
    const item = Object.assign(document.createElement("li"), { id: `${this.list.id}-${place}` });
    item.setAttribute("role", "option");
    item.setAttribute("aria-selected", "false");
    for (const [name, text] of [["kind", KINDS[one.kind]], ["text", one.text], ["count", one.count.toLocaleString("zh-CN")]]) {
      item.append(Object.assign(document.createElement("span"), { className: name, textContent: text }));
    }
    item.addEventListener("mousedown", (event) => {
      event.preventDefault();
      this.choose(place);
    });
    return item;
  }

  answerKey(event) {
    if (event.isComposing || this.list.hidden) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      const count = this.found.length + 1; // one place more: nothing chosen
      this.move(((this.active + 1 + step + count) % count) - 1);
    } else if (event.key === "Enter" && this.active >= 0) {
      event.preventDefault();
      this.choose(this.active);
    } else if (event.key === "Escape") {
      event.preventDefault();
      this.close();
    }
  }

  move(to) {
    this.active = to;
    [...this.list.children].forEach((item, place) => {
      item.setAttribute("aria-selected", String(place === to));
      if (place === to) item.scrollIntoView({ block: "nearest" });
    });
    if (to < 0) this.box.removeAttribute("aria-activedescendant");
    else this.box.setAttribute("aria-activedescendant", `${this.list.id}-${to}`);
  }

  choose(place) {
    this.box.value = this.found[place].query;
    this.close();
    this.form.requestSubmit();
  }

  close() {
    this.asked++;
    this.list.hidden = true;
    this.active = -1;
    this.box.setAttribute("aria-expanded", "false");
    this.box.removeAttribute("aria-activedescendant");
    this.told.textContent = "";
  }
}

document.querySelectorAll("form[data-suggest]").forEach((form) => new Completer(form));
