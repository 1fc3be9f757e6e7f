// The custom elements <coro-scope> and <coro-gallery>: what must happen before the simulator is there.
//
// <coro-scope> shows its frame and the program's text at once. When it comes near the visible part of the page, Rust
// does the rest (src/page/scope.rs), in two parts (WebAssembly, each fetched once for all elements): the viewer is small and
// shows the run of a published scenario that was recorded when the page was built; the simulator, the larger part of the
// download, follows when nothing else is to be done, or at once when it is needed, and takes the viewer's place. What has
// no recording – other parameters, another text – waits for the simulator. Load this file as a classic script:
//
//   <script src="https://…/element.js" async></script>
//   <coro-scope scenario="first-steps"></coro-scope>
//
// Attributes: scenario (a name from scenarios/), src (an address of a program), params ("workers=4 delay=0.2", or
// JSON: '{"how": "counter += 1"}'), start (ms), range ("120,450": the part that is seen, ms), fold (idle time is folded),
// state (what else a link says: "python=3.14t&pin=web/GIL&close=web/Tasks"), show (what is seen beside the timeline: some of
// "params code details", or "timeline" for nothing else), theme (light | dark | system), compact, readonly, autoplay, and
// address: the element follows and keeps the page's own address (see `#state` below). Without scenario and src the text is
// that of a child <script type="text/x-python"> or of the code block before the element.
//
// Events, all bubbling and composed: coroscope-ready (the methods work), coroscope-picture (a recorded run is seen),
// coroscope-part {t} (a run is seen up to this instant [ms], and the one before beyond it), coroscope-run (a run has ended
// here, also that which was seen before), coroscope-time {t}, coroscope-state {playing}, coroscope-selection {lane, state, from,
// to} (without them where nothing is selected), coroscope-answer {id, choice, correct}, coroscope-error {message}, of the
// program also {line}.
//
// Methods: play(), pause(), seek(ms), step(n), select(lane, ms), view(from, to), set(name, value), load({scenario | code, params,
// t}); property: link.
//
// In a frame the same goes by messages, which the page around it sends to the frame's window: {type:
// "coroscope:ping"} is answered by "coroscope:pong"; "coroscope:play", ":pause", ":seek" {t}, ":step" {n}, ":set" {param,
// value}, ":load" {scenario | code, params, t}, ":select" {lane, t}, ":view" {from, to}, ":theme" {theme}, ":link". The frame
// tells "coroscope:ready", ":picture", ":run", ":time" {t}, ":state" {playing}, ":selection" {lane, state, from, to}, ":answer" {id, choice, correct}, ":error" {message, line},
// ":link" {link} and ":resize" {height}. A page that loads this file gives its frames with the attribute data-coroscope the height that they ask for.
(() => {
  "use strict";
  if (customElements.get("coro-scope")) return;

  const base = new URL(".", document.currentScript?.src || document.baseURI);
  // A page that is one file carries what it would fetch.
  const carried = globalThis.coroscopeFiles ?? {};
  const beside = (path) => carried[path.split("?")[0]] ?? new URL(path, base).href;

  // A browser says of what cannot be fetched neither what it was nor why.
  async function fetched(address, options) {
    try {
      return await fetch(address, options);
    } catch (error) {
      const hint = base.protocol === "file:" ? "a page that is opened as a file must be offline.html, or be served" : "is the network there?";
      throw new Error(`${address.split("/").at(-1)} could not be loaded (${error.message}): ${hint}`);
    }
  }

  async function textOf(address, options) {
    const response = await fetched(address, options);
    if (!response.ok) {
      const error = new Error(`${address}: ${response.status} ${response.statusText}`.trim());
      throw Object.assign(error, { status: response.status });
    }
    return response.text();
  }

  // The texts of scenarios, each fetched once; one that failed is asked for again.
  const texts = new Map();
  function scenarioText(name) {
    if (!texts.has(name)) {
      const arriving = textOf(beside(`scenarios/${name}.py`));
      arriving.catch(() => texts.delete(name));
      texts.set(name, arriving);
    }
    return texts.get(name);
  }

  // The markup and the style, shared by all elements.
  let parts;
  function loadParts() {
    // A page that has the sheet itself, as ours does, has just fetched it.
    const look = beside("style.css");
    const cache = [...document.styleSheets].some(({ href }) => href === look) ? "force-cache" : "default";
    parts ??= Promise.all([textOf(beside("viewer.html")), textOf(look, { cache })])
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

  // Why WebAssembly does not start. What is no such thing may come from a server that answers everything with a page.
  function refusal({ message }) {
    if (!globalThis.WebAssembly) return "this browser has no WebAssembly, or it is switched off";
    if (/Content.Security.Policy/i.test(message)) return "the page's Content-Security-Policy must allow 'wasm-unsafe-eval'";
    return message;
  }

  // A part in WebAssembly, shared by all elements; a failed or panicked one is dropped so that it can be tried again.
  class Part {
    onProgress = new Set();
    #name;
    #loading;
    #attempt = 0;
    #loaded = { bytes: 0, total: 0 };

    constructor(name) {
      this.#name = name;
    }

    load() {
      this.#loading ??= this.#instantiate().catch((error) => {
        this.drop();
        throw error;
      });
      return this.#loading;
    }

    drop() {
      this.#loading = undefined;
    }

    get loaded() {
      return this.#loaded;
    }

    async #instantiate() {
      const again = this.#attempt++ ? `?attempt=${this.#attempt}` : "";
      const wasm = `${this.#name}_bg.wasm`;
      const [glue, response] = await Promise.all([import(beside(`${this.#name}.js${again}`)), fetched(beside(wasm))]);
      if (!response.ok) throw new Error(`${wasm}: ${response.status} ${response.statusText}`.trim());
      // The announced length is that of the compressed file, so it only helps where nothing was compressed.
      const total = response.headers.get("content-encoding") ? 0 : Number(response.headers.get("content-length"));
      this.#loaded = { bytes: 0, total };
      const counter = new TransformStream({
        transform: (chunk, controller) => {
          this.#loaded.bytes += chunk.byteLength;
          for (const report of this.onProgress) report(this.#loaded);
          controller.enqueue(chunk);
        },
      });
      const headers = { "content-type": "application/wasm" };
      try {
        await glue.default({ module_or_path: new Response(response.body.pipeThrough(counter), { headers }) });
      } catch (error) {
        throw new Error(`${wasm} could not be started: ${refusal(error)}`);
      }
      return glue;
    }
  }
  const viewer = new Part("viewer");
  const simulator = new Part("coroscope");

  // Ends when the browser has nothing else to do, or has had enough time for it.
  const idle = () => new Promise((done) => (window.requestIdleCallback ?? setTimeout)(done, { timeout: 2_000 }));

  const hashOf = () => location.hash.replace(/^#/, "");

  // A value as Python writes it.
  const valueText = (value) => (value === true ? "True" : value === false ? "False" : String(value));

  // What the attribute `params` says: JSON, or words like workers=4.
  function pairs(params) {
    if (params.trim().startsWith("{")) {
      try {
        return Object.entries(JSON.parse(params)).map(([name, value]) => [name, valueText(value)]);
      } catch {
        return [];
      }
    }
    const words = params.split(/\s+/).filter(Boolean);
    return words.map((word) => [word.split("=")[0], word.split("=").slice(1).join("=")]);
  }

  // A viewer in a frame and the page around it.
  function converse(scope, signal) {
    const host = window.parent;
    const tell = (type, more = {}) => host.postMessage({ ...more, type: `coroscope:${type}` }, "*");
    const orders = {
      ping: () => tell("pong", { version: 1, capabilities: Object.keys(orders) }),
      play: () => scope.play(),
      pause: () => scope.pause(),
      seek: ({ t }) => scope.seek(t),
      step: ({ n }) => scope.step(n),
      select: ({ lane, t }) => scope.select(lane, t),
      view: ({ from, to }) => scope.view(from, to),
      set: ({ param, value }) => scope.set(param, value),
      load: (wish) => scope.load(wish),
      theme: ({ theme }) => setTheme(scope, theme),
      link: () => tell("link", { link: scope.link }),
    };
    window.addEventListener("message", (event) => {
      const [name, verb] = typeof event.data?.type === "string" ? event.data.type.split(":") : [];
      if (event.source !== host || name !== "coroscope" || !Object.hasOwn(orders, verb)) return;
      try {
        orders[verb](event.data);
      } catch (error) {
        tell("error", { message: error.message });
      }
    }, { signal });
    for (const type of ["ready", "picture", "run", "time", "state", "selection", "answer", "error"]) {
      scope.addEventListener(`coroscope-${type}`, (event) => tell(type, event.detail), { signal });
    }

    // The height at which all lanes are seen, in the words of those who listen for one: our own script, Canvas and other
    // course systems, Embedly and Medium, AMP.
    let told;
    const tell_height = ({ detail }) => {
      const [viewer, chart] = ["viewer", "chart"].map((id) => scope.shadowRoot.getElementById(id));
      const ruler = 28;
      const wanted = viewer.offsetHeight - chart.offsetHeight + ruler + detail.lanes_px;
      const height = Math.round(Math.min(Math.max(wanted, 300), 720));
      if (!chart.offsetHeight || height === told) return;
      told = height;
      tell("resize", { height });
      const others = [
        JSON.stringify({ subject: "lti.frameResize", height }),
        { subject: "org.imsglobal.lti.frameResize", height },
        JSON.stringify({ src: location.href, context: "iframe.resize", height }),
        { sentinel: "amp", type: "embed-size", height },
      ];
      for (const message of others) host.postMessage(message, "*");
    };
    for (const type of ["picture", "run"]) scope.addEventListener(`coroscope-${type}`, tell_height, { signal });
  }

  // A page around frames: those that it marked have the height that they ask for.
  window.addEventListener("message", (event) => {
    if (event.data?.type !== "coroscope:resize" || !Number.isFinite(event.data.height)) return;
    for (const frame of document.querySelectorAll("iframe[data-coroscope]")) {
      if (frame.contentWindow === event.source) frame.style.height = `${Math.min(Math.max(event.data.height, 200), 2000)}px`;
    }
  });

  function setTheme(scope, theme) {
    if (!["light", "dark", "system"].includes(theme)) return;
    document.documentElement.setAttribute("data-theme", theme);
    scope.setAttribute("theme", theme);
  }

  class CoroScope extends HTMLElement {
    static observedAttributes = ["scenario", "src", "params", "start", "range", "fold", "state"];

    #scope; // the Rust side, while there is one
    #shown; // settled when frame and text are there
    #near = false;
    #observer;
    #controller; // ends the listeners outside this element
    #given; // what load() asked for, in place of the attributes
    #seen; // the text and the recorded run that the viewer shows, until the simulator has taken over
    #notices = []; // what the address asks for and cannot be had
    #wished = false; // whether the reader waits for the simulator
    #absent = new Set(); // names of scenarios that the address asks for and that are not published

    connectedCallback() {
      if (!this.shadowRoot) this.attachShadow({ mode: "open" });
      this.#controller = new AbortController();
      const signal = this.#controller.signal;
      if (this.hasAttribute("address")) {
        this.#readQuery();
        window.addEventListener("hashchange", () => {
          this.#given = undefined;
          this.#open();
        }, { signal });
        if (window.parent !== window) converse(this, signal);
      }
      window.addEventListener("coroscope-panic", (event) => this.#failed(event.detail), { signal });
      this.addEventListener("coroscope-wish", () => this.#wish(), { signal });
      this.#observer = new IntersectionObserver((entries) => {
        const near = entries.at(-1).isIntersecting;
        this.#scope?.visible(near);
        if (near && !this.#near) {
          this.#near = true;
          this.#start();
        }
      }, { rootMargin: "200px" });
      this.#shown = this.#show();
      this.#shown.catch((error) => this.#failed(error));
      this.#observer.observe(this);
      // The viewer that a page is about does not wait for the page to be laid out.
      if (this.hasAttribute("address")) {
        this.#near = true;
        this.#start();
      }
    }

    disconnectedCallback() {
      this.#controller?.abort();
      this.#observer?.disconnect();
      this.#observer = undefined;
      this.#scope?.free();
      this.#scope = undefined;
      this.#seen = undefined;
      this.#wished = false;
      this.#near = false;
    }

    attributeChangedCallback(name, before, after) {
      if (before !== after && this.#controller) this.#open();
    }

    // ── what a page may ask for ──

    play() {
      this.#scope?.play(true);
    }

    pause() {
      this.#scope?.play(false);
    }

    seek(ms) {
      this.#scope?.seek(Number(ms) || 0);
    }

    step(n = 1) {
      this.#scope?.step(Math.trunc(n));
    }

    select(lane, ms) {
      this.#scope?.select(String(lane), ms === undefined ? undefined : Number(ms) || 0);
    }

    view(from, to) {
      this.#scope?.view(Number(from) || 0, Number(to) || 0);
    }

    set(name, value) {
      this.#scope?.set(String(name), valueText(value));
    }

    load({ scenario, code, params = {}, t } = {}) {
      const state = new URLSearchParams();
      if (scenario) state.set("s", scenario);
      for (const [name, value] of Object.entries(params)) state.set(`p.${name}`, valueText(value));
      if (t !== undefined) state.set("t", t);
      this.#given = { state, code };
      return this.#open();
    }

    get link() {
      const page = this.hasAttribute("address") ? location.href.split("#")[0] : base.href;
      return `${page}#${this.#scope?.link() ?? ""}`;
    }

    // ── what is to be shown ──

    // The address a viewer may be restored from: v=1&s=scenario&p.NAME=value&t=ms&c=edited text.
    get #state() {
      if (this.#given) return this.#given.state;
      let state = new URLSearchParams(this.hasAttribute("address") ? hashOf() : "");
      // What else the address says is about a program that is not there.
      if (this.#absent.has(state.get("s"))) state = new URLSearchParams({ absent: state.get("s") });
      for (const [name, value] of pairs(this.getAttribute("params") ?? "")) {
        if (!state.has(`p.${name}`)) state.set(`p.${name}`, value);
      }
      for (const [attribute, key] of [["start", "t"], ["range", "range"]]) {
        if (this.hasAttribute(attribute) && !state.has(key)) state.set(key, this.getAttribute(attribute));
      }
      if (this.hasAttribute("fold") && !state.has("fold")) state.set("fold", "1");
      const said = new Set(state.keys());
      for (const [key, value] of new URLSearchParams(this.getAttribute("state") ?? "")) {
        if (!said.has(key)) state.append(key, value);
      }
      return state;
    }

    // What a page sets once, in its query: embed=1, theme=dark, mode=read, play=1, range=120,450, show=code,details.
    #readQuery() {
      const query = new URLSearchParams(location.search);
      this.#notices = [];
      const known = { embed: ["0", "1"], theme: ["light", "dark", "system"], mode: ["read", "edit"], play: ["0", "1"], show: ["params", "code", "details", "timeline"] };
      for (const [key, values] of Object.entries(known)) {
        for (const value of (query.get(key) ?? "").split(/[,\s]+/).filter((word) => word && !values.includes(word))) {
          this.#notices.push(`the address asks for ${key}=${value}, which is none of ${values.join(", ")}: going on without it`);
        }
      }
      if (query.get("embed") === "1") {
        document.documentElement.setAttribute("data-embed", "");
        this.setAttribute("compact", "");
      }
      setTheme(this, query.get("theme"));
      if (query.get("mode") === "read") this.setAttribute("readonly", "");
      if (query.get("play") === "1") this.setAttribute("autoplay", "");
      if (query.has("range")) this.setAttribute("range", query.get("range"));
      const shown = (query.get("show") ?? "").split(/[,\s]+/).filter((word) => known.show.includes(word));
      if (shown.length) this.setAttribute("show", shown.join(" "));
      const scenario = query.get("scenario");
      if (scenario) this.setAttribute("scenario", scenario);
    }

    // The name of the published scenario that is to be shown, if it is one.
    get #name() {
      if (this.#given?.code !== undefined) return "";
      return (this.#state.get("s") ?? this.getAttribute("scenario") ?? "").replace(/[^\w.-]/g, "");
    }

    // The program: its name and where its text is.
    async #program() {
      if (this.#given?.code !== undefined) return { name: "", text: String(this.#given.code) };
      const name = this.#name;
      if (name) {
        try {
          return { name, text: await scenarioText(name) };
        } catch (error) {
          // A link to what has another name now, or never had this one.
          if (error.status !== 404 || this.#state.get("s") !== name || !this.hasAttribute("scenario")) throw error;
          if (this.#given || name === this.getAttribute("scenario")) throw error;
          this.#absent.add(name);
          return this.#program();
        }
      }
      const src = this.getAttribute("src");
      if (src) return { name: src.split("/").at(-1), text: await textOf(new URL(src, document.baseURI).href) };
      const block = this.querySelector('script[type="text/x-python"]') ?? this.previousElementSibling?.closest("pre") ?? this.previousElementSibling;
      return { name: "", text: (block?.textContent ?? "").replace(/^\n/, "") };
    }

    // The recorded run of what is to be shown; undefined where there can be none, because another program or other
    // parameters are asked for, and where there is none.
    async #recording() {
      const differs = (key) => key.startsWith("p.") || ["c", "python", "seed", "x", "trace"].includes(key);
      if (!this.#name || [...this.#state.keys()].some(differs)) return undefined;
      const response = await fetch(beside(`recorded/${this.#name}.run`)).catch(() => undefined);
      return response?.ok ? new Uint8Array(await response.arrayBuffer()) : undefined;
    }

    // ── the steps: frame and text, viewer and recorded run, simulator, run ──

    async #show() {
      const arriving = this.#program();
      // Said below, once there is a place to say it.
      arriving.catch(() => undefined);
      const { template, sheet } = await loadParts();
      this.shadowRoot.adoptedStyleSheets = [sheet];
      this.shadowRoot.replaceChildren(template.content.cloneNode(true));
      this.#busy(0, "Loading the program");
      this.shadowRoot.getElementById("retry").addEventListener("click", () => this.#retry());
      const { name, text } = await arriving;
      this.shadowRoot.getElementById("title").textContent = name || "program";
      this.shadowRoot.getElementById("highlight").textContent = text;
      this.shadowRoot.getElementById("editor").value = text;
    }

    async #start() {
      try {
        const name = this.#name;
        const recording = this.#recording();
        // All that is needed is on its way at the same time.
        const early = name ? viewer.load().catch(() => undefined) : undefined;
        // What went wrong with the frame has been said already.
        if (!(await this.#shown.then(() => true, () => false))) return;
        const found = await (this.#name === name ? recording : this.#recording());
        if (!(await this.#begin(found, early))) await this.#run();
      } catch (error) {
        this.#failed(error);
      }
    }

    // Shows the recorded run; false where there is none of this program.
    async #begin(recording, early = viewer.load().catch(() => undefined)) {
      const glue = recording && (await early);
      if (!glue || !this.isConnected) return false;
      const { name, text } = await this.#program();
      const state = this.#state.toString();
      if (this.#scope && !this.#seen) return false;
      this.#scope ??= new glue.Scope(this, this.shadowRoot, this.#options);
      try {
        this.#scope.open_recorded(name, text, state, recording);
      } catch (error) {
        console.warn(`coroscope: ${name}: ${error.message}; waiting for the simulator`);
        this.#scope.free();
        this.#scope = this.#seen = undefined;
        return false;
      }
      const isFirst = !this.#seen;
      this.#seen = { name, text, recording };
      if (isFirst) {
        this.#ready(name);
        // The picture is drawn before anything else is fetched.
        requestAnimationFrame(() => idle().then(() => this.#seen && this.#follow()));
      }
      return true;
    }

    // The reader asks for what needs the simulator: it is fetched at once.
    #wish() {
      this.#wished = true;
      this.#follow();
    }

    // Fetches the simulator behind what is seen, and gives it the viewer's place.
    async #follow() {
      const report = (loaded) => this.#wished && this.#seen && this.#report(loaded);
      simulator.onProgress.add(report);
      if (this.#wished) report(simulator.loaded);
      try {
        const glue = await simulator.load();
        if (!this.isConnected || !this.#seen) return;
        const { name, text, recording } = this.#seen;
        const handover = this.#scope.hand_over();
        this.#scope.free();
        this.#seen = undefined;
        this.#scope = new glue.Scope(this, this.shadowRoot, this.#options);
        try {
          this.#scope.take_over(handover, text, recording);
        } catch (error) {
          // The two parts are of different builds, as a cache may give them: the program is opened anew.
          console.warn(`coroscope: ${error.message}`);
          this.#scope.open(name, text, this.#state.toString());
        }
      } catch (error) {
        // Nobody waits for it: what is seen stays, and the next wish tries again.
        if (this.#wished || !this.#seen) this.#failed(error);
      } finally {
        simulator.onProgress.delete(report);
      }
    }

    // Runs the program, without anything to show before.
    async #run() {
      const report = (loaded) => this.shadowRoot.getElementById("busy") && this.#report(loaded);
      simulator.onProgress.add(report);
      try {
        const arriving = simulator.load();
        const [frame, glue] = await Promise.allSettled([this.#shown.then(() => report(simulator.loaded)), arriving]);
        // What went wrong with the frame has been said already.
        if (frame.status === "rejected") return;
        if (glue.status === "rejected") throw glue.reason;
        if (!this.isConnected || this.#scope) return;
        const { name, text } = await this.#program();
        this.#scope = new glue.value.Scope(this, this.shadowRoot, this.#options);
        this.#scope.open(name, text, this.#state.toString());
        this.#ready(name);
      } finally {
        simulator.onProgress.delete(report);
      }
    }

    get #options() {
      const follows = this.hasAttribute("address");
      return {
        // In a frame the address is the host's business.
        address: follows && !this.hasAttribute("compact"),
        readonly: this.hasAttribute("readonly"),
        autoplay: this.hasAttribute("autoplay"),
        notices: this.#notices.join("\n"),
        base: follows ? location.href.split("#")[0] : base.href,
        home: base.href,
      };
    }

    #ready(name) {
      this.dispatchEvent(new CustomEvent("coroscope-ready", { bubbles: true, composed: true, detail: { name } }));
    }

    async #open() {
      if (!this.#scope) return;
      try {
        // While the simulator is not there, only what has a recording can be shown at once.
        if (this.#seen) {
          if (await this.#begin(await this.#recording())) return;
          if (this.#seen) {
            this.#seen = undefined;
            this.#scope.free();
            this.#scope = undefined;
          }
          if (!this.#scope) return await this.#run();
        }
        const { name, text } = await this.#program();
        const state = this.#state.toString();
        this.#scope?.open(name, text, state);
      } catch (error) {
        this.#failed(error);
      }
    }

    // ── what the reader is told meanwhile ──

    #report({ bytes, total }) {
      this.#busy(total ? bytes / total : undefined, `Loading the simulator, ${(bytes / 1e6).toFixed(1)} MB`);
    }

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
      viewer.drop();
      simulator.drop();
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
      const index = await textOf(beside("scenarios/index.json")).catch((error) => {
        this.textContent = error.message;
      });
      if (!index) return;
      const { groups } = JSON.parse(index);
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
