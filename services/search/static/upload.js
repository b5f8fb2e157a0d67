// Drops files, sends them one after the other, and follows each on its way.
"use strict";

(() => {
  const form = document.getElementById("drop");
  const list = document.getElementById("uploads");
  const template = document.getElementById("upload-row");
  if (!form || !list || !template) return;
  const say = list.dataset;
  const queue = [];
  let sending = 0;
  let source = null;
  let polling = null;

  const rows = () => [...list.querySelectorAll(".upload[data-key]:not([data-done])")];
  const rowOf = (key) => [...list.querySelectorAll(".upload")].find((row) => row.dataset.key === key);
  const stateWords = (state) => say[`state${state.split("_").map((word) => word[0].toUpperCase() + word.slice(1)).join("")}`] ?? say.waiting;

  function newRow(name) {
    const row = template.content.firstElementChild.cloneNode(true);
    row.querySelector(".upload-name > *").textContent = name;
    list.prepend(row);
    return row;
  }

  function show(row, upload) {
    row.className = `upload state-${upload.state}${upload.stage ? ` at-${upload.stage}` : ""}`;
    const name = row.querySelector(".upload-name");
    if (upload.document_id && !name.querySelector("a")) {
      const link = Object.assign(document.createElement("a"), { href: `/documents/${upload.document_id}`, textContent: upload.file_name });
      name.replaceChildren(link);
    }
    row.querySelector(".upload-state").textContent = stateWords(upload.state)
      + (upload.pages_scanned ? `${say.and}${say.recognised} ${upload.pages_recognised}/${upload.pages_scanned}` : "");
    if (upload.is_done) settle(row).catch(() => {}); // its state is shown already
  }

  // What became of it, with code, advice and what can be done, is said by the service in the reader's language.
  async function settle(row) {
    row.toggleAttribute("data-done", true);
    const answer = await fetch(`/uploads?${new URLSearchParams({ key: row.dataset.key })}`);
    const told = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector(".uploads > .upload");
    if (told) row.replaceWith(told);
  }

  function refuse(row, code, advice) {
    const told = row.querySelector(".advice");
    told.hidden = !code;
    told.querySelector("code").textContent = code ?? "";
    told.querySelector("span").textContent = advice ?? "";
  }

  function fail(row, problem) {
    row.className = "upload state-refused";
    row.querySelector(".upload-state").textContent = say.failed;
    refuse(row, problem.code, document.documentElement.lang === "en" ? problem.message_en : problem.message_zh);
  }

  function send(file, row) {
    sending += 1;
    const request = new XMLHttpRequest();
    request.open("PUT", `/api/uploads/${encodeURIComponent(file.name)}`);
    request.responseType = "json";
    request.upload.onprogress = (event) => {
      row.querySelector(".upload-state").textContent = `${say.sending} ${Math.floor((100 * event.loaded) / event.total)}%`;
    };
    request.onloadend = () => {
      sending -= 1;
      if (request.status === 201) {
        row.dataset.key = request.response.key;
        row.className = "upload state-waiting";
        row.querySelector(".upload-state").textContent = say.waiting;
        remember();
        follow();
      } else {
        fail(row, request.response ?? { code: "unavailable", message_zh: "", message_en: "" });
      }
      next();
    };
    request.send(file);
  }

  const next = () => {
    while (sending < 3 && queue.length) send(...queue.shift());
  };

  function take(files) {
    for (const file of files) {
      const row = newRow(file.name);
      if (file.size > Number(form.dataset.limit)) fail(row, { code: "file_too_large", message_zh: say.tooLarge, message_en: say.tooLarge });
      else queue.push([file, row]);
    }
    next();
  }

  function remember() {
    const keys = [...list.querySelectorAll(".upload[data-key]")].slice(0, 100).map((row) => ["key", row.dataset.key]);
    history.replaceState(null, "", `/uploads?${new URLSearchParams(keys)}`);
  }

  const asked = () => new URLSearchParams(rows().slice(0, 100).map((row) => ["key", row.dataset.key]));
  const told = (upload) => rowOf(upload.key) && show(rowOf(upload.key), upload);

  function follow() {
    source?.close();
    clearInterval(polling);
    if (!rows().length) return;
    source = new EventSource(`/api/uploads/progress?${asked()}`);
    source.onmessage = (event) => told(JSON.parse(event.data));
    source.addEventListener("done", () => {
      source.close();
      if (rows().length) follow();
    });
    source.onerror = () => {
      source.close();
      polling = setInterval(poll, 2000);
    };
  }

  async function poll() {
    if (!rows().length) return clearInterval(polling);
    try {
      const answer = await (await fetch(`/api/uploads?${asked()}`)).json();
      answer.uploads.forEach(told);
    } catch {
      // the service is away for a moment: ask again
    }
  }

  list.addEventListener("submit", async (event) => {
    event.preventDefault();
    const row = event.target.closest(".upload");
    const answer = await fetch(new URL(event.target.action).pathname.replace("/quarantine", "/api/quarantine"), { method: "POST" });
    document.body.classList.remove("going");
    if (!answer.ok) return fail(row, await answer.json());
    row.removeAttribute("data-done");
    row.className = "upload state-received";
    refuse(row);
    event.target.hidden = true;
    row.querySelector(".upload-state").textContent = say.waiting;
    setTimeout(follow, 300);
  });

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    take(form.elements.files.files);
    form.reset();
    document.body.classList.remove("going");
  });
  form.elements.files.addEventListener("change", () => form.requestSubmit());
  for (const name of ["dragover", "dragleave", "drop"]) {
    addEventListener(name, (event) => {
      event.preventDefault();
      form.classList.toggle("over", name === "dragover");
      if (name === "drop") take(event.dataTransfer.files);
    });
  }
  form.classList.add("alive");
  follow();
})();
