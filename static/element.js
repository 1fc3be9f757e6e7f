// The custom elements <coro-scope> and <coro-gallery>: what must happen before the simulator is there.
//
// <coro-scope> shows its frame and the program's text at once; the simulator (WebAssembly, the larger part of the
// download) is fetched when the element comes near the visible part of the page, once for all elements. From
// then on Rust does everything (src/page/scope.rs). Load this file as a classic script:
//
//   <script src="https://…/element.js" async></script>
//   <coro-scope scenario="first-steps"></coro-scope>
//
// Attributes: scenario (a name from scenarios/), src (an address of a program), params ("workers=4 delay=0.2"),
// start (ms), theme (light | dark | system), compact, readonly, autoplay, and address: the element follows and
// keeps the page's own address (see `state` below). Without scenario and src the text is that of a child
// <script type="text/x-python"> or of the code block before the element.
//
// Events, all bubbling and composed: coroscope-ready, coroscope-run, coroscope-time, coroscope-error.
(() => {
  "use strict";
  if (customElements.get("coro-scope")) return;

  const base = new URL(".", document.currentScript?.src ?? document.baseURI);
  const beside = (path) => new URL(path, base).href;

  async function textOf(address) {
    const response = await fetch(address);
    if (!response.ok) throw new Error(`${address}: ${response.status} ${response.statusText}`.trim());
    return response.text();
  }

  // The markup and the style, shared by all elements.
  let parts;
  function loadParts() {
    parts ??= Promise.all([textOf(beside("viewer.html")), textOf(beside("style.css"))])
      .then(([html, css]) => {
        const template = document.createElement("template");
        template.innerHTML = html;
        const sheet = new CSSStyleSheet();
        sheet.replaceSync(css);
        return { template, sheet };
      })
      .catch((error) => {
        parts = undefined;
        throw error;
      });
    return parts;
  }

  // The simulator, shared by all elements; a failed or panicked one is dropped so that it can be tried again.
  let simulator;
  let attempt = 0;
  let loaded = { bytes: 0, total: 0 };
  const onProgress = new Set();
  function loadSimulator() {
    simulator ??= instantiate().catch((error) => {
      simulator = undefined;
      throw error;
    });
    return simulator;
  }
  async function instantiate() {
    const again = attempt++ ? `?attempt=${attempt}` : "";
    const [glue, response] = await Promise.all([import(beside(`coroscope.js${again}`)), fetch(beside("coroscope_bg.wasm"))]);
    if (!response.ok) throw new Error(`coroscope_bg.wasm: ${response.status} ${response.statusText}`.trim());
    // The announced length is that of the compressed file, so it only helps where nothing was compressed.
    loaded = { bytes: 0, total: response.headers.get("content-encoding") ? 0 : Number(response.headers.get("content-length")) };
    const counter = new TransformStream({
      transform(chunk, controller) {
        loaded.bytes += chunk.byteLength;
        for (const report of onProgress) report(loaded);
        controller.enqueue(chunk);
      },
    });
    const headers = { "content-type": "application/wasm" };
    await glue.default({ module_or_path: new Response(response.body.pipeThrough(counter), { headers }) });
    return glue;
  }

  const idle = () => new Promise((resolve) => (window.requestIdleCallback ?? setTimeout)(resolve, { timeout: 500 }));
  const hashOf = () => location.hash.replace(/^#/, "");

  class CoroScope extends HTMLElement {
    static observedAttributes = ["scenario", "src", "params", "start"];

    #scope; // the Rust side, while there is one
    #opened; // which program is shown
    #near = false;
    #observer;
    #controller; // ends the listeners outside this element

    connectedCallback() {
      if (!this.shadowRoot) this.attachShadow({ mode: "open" });
      this.#controller = new AbortController();
      const signal = this.#controller.signal;
      if (this.hasAttribute("address")) {
        this.#readQuery();
        window.addEventListener("hashchange", () => this.#open(), { signal });
      }
      window.addEventListener("coroscope-panic", (event) => this.#failed(event.detail), { signal });
      this.#observer = new IntersectionObserver((entries) => {
        const near = entries.at(-1).isIntersecting;
        this.#scope?.visible(near);
        if (near && !this.#near) {
          this.#near = true;
          this.#start();
        }
      }, { rootMargin: "200px" });
      this.#show().then(() => this.#observer?.observe(this), (error) => this.#failed(error));
    }

    disconnectedCallback() {
      this.#controller?.abort();
      this.#observer?.disconnect();
      this.#observer = undefined;
      this.#scope?.free();
      this.#scope = undefined;
      this.#opened = undefined;
      this.#near = false;
    }

    attributeChangedCallback(name, before, after) {
      if (before !== after && this.#controller) this.#open();
    }

    // ── what is to be shown ──

    // The address a viewer may be restored from: v=1&s=scenario&p.NAME=value&t=ms&c=edited text.
    get #state() {
      const state = new URLSearchParams(this.hasAttribute("address") ? hashOf() : "");
      for (const pair of (this.getAttribute("params") ?? "").split(/\s+/).filter(Boolean)) {
        const [name, ...value] = pair.split("=");
        if (!state.has(`p.${name}`)) state.set(`p.${name}`, value.join("="));
      }
      if (this.hasAttribute("start") && !state.has("t")) state.set("t", this.getAttribute("start"));
      return state;
    }

    // What a page sets once, in its query: embed=1, theme=dark, mode=read, play=1.
    #readQuery() {
      const query = new URLSearchParams(location.search);
      if (query.get("embed") === "1") {
        document.documentElement.setAttribute("data-embed", "");
        this.setAttribute("compact", "");
      }
      const theme = query.get("theme");
      if (["light", "dark", "system"].includes(theme)) {
        document.documentElement.setAttribute("data-theme", theme);
        this.setAttribute("theme", theme);
      }
      if (query.get("mode") === "read") this.setAttribute("readonly", "");
      if (query.get("play") === "1") this.setAttribute("autoplay", "");
      const scenario = query.get("scenario");
      if (scenario) this.setAttribute("scenario", scenario);
    }

    // The program: its name and where its text is.
    async #program() {
      const named = (this.#state.get("s") ?? this.getAttribute("scenario") ?? "").replace(/[^\w.-]/g, "");
      if (named) return { name: named, text: await textOf(beside(`scenarios/${named}.py`)) };
      const src = this.getAttribute("src");
      if (src) return { name: src.split("/").at(-1), text: await textOf(new URL(src, document.baseURI).href) };
      const block = this.querySelector('script[type="text/x-python"]') ?? this.previousElementSibling?.closest("pre") ?? this.previousElementSibling;
      return { name: "", text: (block?.textContent ?? "").replace(/^\n/, "") };
    }

    // ── the three steps: frame and text, simulator, run ──

    async #show() {
      const { template, sheet } = await loadParts();
      this.shadowRoot.adoptedStyleSheets = [sheet];
      this.shadowRoot.replaceChildren(template.content.cloneNode(true));
      this.#busy(0, "Loading the program");
      this.shadowRoot.getElementById("retry").addEventListener("click", () => this.#retry());
      const { name, text } = await this.#program();
      this.shadowRoot.getElementById("title").textContent = name || "program";
      this.shadowRoot.getElementById("highlight").textContent = text;
      this.shadowRoot.getElementById("editor").value = text;
    }

    async #start() {
      const report = ({ bytes, total }) => this.#busy(total ? bytes / total : undefined, `Loading the simulator, ${(bytes / 1e6).toFixed(1)} MB`);
      onProgress.add(report);
      try {
        await idle();
        report(loaded);
        const glue = await loadSimulator();
        if (!this.isConnected || this.#scope) return;
        const { name, text } = await this.#program();
        const follows = this.hasAttribute("address");
        const options = {
          // In a frame the address is the host's business.
          address: follows && !this.hasAttribute("compact"),
          readonly: this.hasAttribute("readonly"),
          autoplay: this.hasAttribute("autoplay"),
          base: follows ? location.href.split("#")[0] : base.href,
        };
        this.#scope = new glue.Scope(this, this.shadowRoot, options);
        this.#opened = name;
        this.#scope.open(name, text, this.#state.toString());
        this.dispatchEvent(new CustomEvent("coroscope-ready", { bubbles: true, composed: true, detail: { name } }));
      } catch (error) {
        this.#failed(error);
      } finally {
        onProgress.delete(report);
      }
    }

    async #open() {
      if (!this.#scope) return;
      try {
        const { name, text } = await this.#program();
        const state = this.#state.toString();
        this.#opened = name;
        this.#scope?.open(name, text, state);
      } catch (error) {
        this.#failed(error);
      }
    }

    // ── what the reader is told meanwhile ──

    #busy(share, label) {
      const find = (id) => this.shadowRoot.getElementById(id);
      find("viewer").setAttribute("aria-busy", "true");
      this.setAttribute("aria-busy", "true");
      const bar = find("busy");
      bar.classList.toggle("unknown", share === undefined);
      bar.setAttribute("aria-label", label);
      if (share === undefined) bar.removeAttribute("aria-valuenow");
      else bar.setAttribute("aria-valuenow", Math.round(share * 100));
      bar.style.setProperty("--done", share ?? 1);
      find("empty").textContent = `${label}…`;
    }

    #failed(error) {
      const message = error?.message ?? String(error);
      this.setAttribute("aria-busy", "false");
      const find = (id) => this.shadowRoot?.getElementById(id);
      if (find("failure")) {
        find("viewer").setAttribute("aria-busy", "false");
        find("failure-text").textContent = message;
        find("failure").hidden = false;
      } else if (this.shadowRoot) {
        this.shadowRoot.textContent = `coroscope: ${message}`;
      }
      this.dispatchEvent(new CustomEvent("coroscope-error", { bubbles: true, composed: true, detail: { message } }));
    }

    #retry() {
      simulator = undefined;
      this.disconnectedCallback();
      this.connectedCallback();
    }
  }

  // The list of scenarios (scenarios/index.json) as links to the page's own address.
  class CoroGallery extends HTMLElement {
    #controller;

    async connectedCallback() {
      this.#controller = new AbortController();
      if (this.querySelector("a")) return;
      const { groups } = JSON.parse(await textOf(beside("scenarios/index.json")));
      for (const group of groups) {
        const heading = document.createElement("h3");
        heading.textContent = group.title;
        const list = document.createElement("ul");
        for (const { id, title, summary } of group.scenarios) {
          const link = document.createElement("a");
          link.href = `#v=1&s=${encodeURIComponent(id)}`;
          link.dataset.scenario = id;
          const name = document.createElement("b");
          name.textContent = title;
          const words = document.createElement("span");
          words.textContent = summary;
          link.append(name, words);
          const item = document.createElement("li");
          item.append(link);
          list.append(item);
        }
        const section = document.createElement("section");
        section.append(heading, list);
        this.append(section);
      }
      this.#mark();
      window.addEventListener("hashchange", () => this.#mark(), { signal: this.#controller.signal });
    }

    disconnectedCallback() {
      this.#controller?.abort();
    }

    #mark() {
      const shown = new URLSearchParams(hashOf()).get("s") ?? document.querySelector("coro-scope[address]")?.getAttribute("scenario");
      for (const link of this.querySelectorAll("a")) {
        if (link.dataset.scenario === shown) link.setAttribute("aria-current", "true");
        else link.removeAttribute("aria-current");
      }
    }
  }

  customElements.define("coro-scope", CoroScope);
  customElements.define("coro-gallery", CoroGallery);
})();
