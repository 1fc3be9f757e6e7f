//! The door between `static/element.js` and Rust: one [`Scope`] for each `<coro-scope>`.
//!
//! Handlers send commands into the inbox; the next animation frame carries them out. When the element goes, its
//! scope is freed, and with it its listeners, its frame and its run.

use std::cell::{OnceCell, RefCell};
use std::rc::{Rc, Weak};

use wasm_bindgen::closure::Closure;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{HtmlElement, ResizeObserver, ShadowRoot};

use super::command::Command;
use super::dom::Listener;
use super::elements::Elements;
use super::error::Error;
use super::frame::Frames;
use super::import;
use super::input;
use super::options::Options;
use super::panic;
use super::session::{Next, Session};
use crate::time::Time;

/// One viewer.
#[wasm_bindgen]
pub struct Scope {
    core: Rc<Core>,
    _listeners: Vec<Listener>,
    resizes: ResizeObserver,
    _on_resize: Closure<dyn FnMut()>,
}

struct Core {
    inbox: RefCell<Vec<Command>>,
    /// Empty until the viewer is connected.
    session: RefCell<Option<Session>>,
    frames: OnceCell<Frames>,
}

/// Where handlers put commands; it may outlive its viewer, and then does nothing.
#[derive(Clone)]
pub struct Inbox(Weak<Core>);

impl Inbox {
    /// Puts a command into the inbox and asks for a frame.
    pub fn send(&self, command: Command) {
        if let Some(core) = self.0.upgrade() {
            core.inbox.borrow_mut().push(command);
            core.frames().request();
        }
    }
}

#[wasm_bindgen]
impl Scope {
    /// Connects a viewer: the element, the shadow root with the clone of viewer.html, and `{address, readonly,
    /// autoplay, base, home}`.
    #[wasm_bindgen(constructor)]
    pub fn new(host: HtmlElement, root: ShadowRoot, options: JsValue) -> Result<Scope, JsValue> {
        panic::install();
        Ok(Scope::connect(host, &root, &options)?)
    }

    /// Shows a program; `state` is an address as in `page/link.rs`, without `#`.
    pub fn open(&self, name: String, text: String, state: String) {
        self.inbox().send(Command::Open { name, text, state });
    }

    /// Shows a program with its recorded run at once, or throws why the recording is of no use.
    pub fn open_recorded(&self, name: String, text: String, state: &str, recording: &[u8]) -> Result<(), JsValue> {
        if let Ok(mut session) = self.core.session.try_borrow_mut()
            && let Some(session) = session.as_mut()
        {
            session.open_recorded(name, text, state, recording)?;
        }
        self.core.frames().request();
        Ok(())
    }

    /// What another scope, that of the simulator, goes on with; this one is of no use any more.
    #[cfg(not(feature = "simulator"))]
    pub fn hand_over(&self) -> Vec<u8> {
        let waiting = std::mem::take(&mut *self.core.inbox.borrow_mut());
        let session = self.core.session.try_borrow_mut().ok().and_then(|mut session| session.take());
        session.map(|mut session| session.hand_over(waiting)).unwrap_or_default()
    }

    /// Goes on with what another scope gave, over the elements as that one left them.
    #[cfg(feature = "simulator")]
    pub fn take_over(&self, handover: &[u8], text: String, recording: &[u8]) -> Result<(), JsValue> {
        if let Ok(mut session) = self.core.session.try_borrow_mut()
            && let Some(session) = session.as_mut()
        {
            session.take_over(handover, text, recording)?;
        }
        self.core.frames().request();
        Ok(())
    }

    /// Plays, or pauses.
    pub fn play(&self, is_playing: bool) {
        self.inbox().send(Command::Play(is_playing));
    }

    /// Moves the cursor to an instant [ms].
    pub fn seek(&self, ms: f64) {
        self.inbox().send(Command::Seek(time_from_ms(ms)));
    }

    /// Moves the cursor by events; negative is back.
    pub fn step(&self, n: i32) {
        self.inbox().send(Command::Step(n));
    }

    /// Selects the lane of a name, at an instant [ms] if one is given.
    pub fn select(&self, lane: String, ms: Option<f64>) {
        self.inbox().send(Command::SelectNamed(lane, ms.map(time_from_ms)));
    }

    /// Shows the time from one instant to another [ms].
    pub fn view(&self, from_ms: f64, to_ms: f64) {
        self.inbox().send(Command::View(time_from_ms(from_ms), time_from_ms(to_ms)));
    }

    /// Gives a parameter a value.
    pub fn set(&self, name: String, value: String) {
        self.inbox().send(Command::SetNamed(name, value));
    }

    /// The address of what is seen, as in `page/link.rs`, without `#`.
    pub fn link(&self) -> String {
        let session = self.core.session.try_borrow();
        session.ok().and_then(|session| Some(session.as_ref()?.link().format())).unwrap_or_default()
    }

    /// Tells whether the element can be seen; out of sight nothing plays.
    pub fn visible(&self, is_visible: bool) {
        self.inbox().send(Command::Visible(is_visible));
    }
}

fn time_from_ms(ms: f64) -> Time {
    Time((ms * 1e6).max(0.0) as u64)
}

impl Scope {
    fn connect(host: HtmlElement, root: &ShadowRoot, options: &JsValue) -> Result<Scope, Error> {
        let elements = Rc::new(Elements::find(root)?);
        let core = Rc::new(Core { inbox: RefCell::default(), session: RefCell::default(), frames: OnceCell::new() });
        let inbox = Inbox(Rc::downgrade(&core));
        let mut listeners = input::listen(&elements, root, &inbox);
        listeners.extend(import::listen(root, &inbox));
        let resized = inbox.clone();
        let on_resize = Closure::<dyn FnMut()>::new(move || resized.send(Command::Resized));
        let resizes = ResizeObserver::new(on_resize.as_ref().unchecked_ref())?;
        resizes.observe(&elements.chart);
        *core.session.borrow_mut() = Some(Session::new(host, elements, Options::read(options), inbox)?);
        Ok(Scope { core, _listeners: listeners, resizes, _on_resize: on_resize })
    }

    fn inbox(&self) -> Inbox {
        Inbox(Rc::downgrade(&self.core))
    }
}

impl Drop for Scope {
    fn drop(&mut self) {
        self.resizes.disconnect();
    }
}

impl Core {
    fn frames(self: &Rc<Core>) -> &Frames {
        self.frames.get_or_init(|| {
            let (framed, sliced, later) = (Rc::downgrade(self), Rc::downgrade(self), Inbox(Rc::downgrade(self)));
            let on_frame = move |now_ms| {
                if let Some(core) = framed.upgrade() {
                    core.frame(now_ms);
                }
            };
            let on_slice = move || {
                if let Some(core) = sliced.upgrade() {
                    core.slice();
                }
            };
            Frames::new(on_frame, on_slice, move || later.send(Command::Wake))
        })
    }

    fn frame(self: &Rc<Core>, now_ms: f64) {
        self.frames().began();
        // After a panic the session stays borrowed for ever, and nothing is entered again.
        let Ok(mut session) = self.session.try_borrow_mut() else { return };
        let commands = std::mem::take(&mut *self.inbox.borrow_mut());
        if commands.contains(&Command::Wake) {
            self.frames().rang();
        }
        match session.as_mut().map(|session| session.frame(commands, now_ms)) {
            Some(Next::Frame { wants_slices }) => {
                self.frames().request();
                if wants_slices {
                    self.frames().request_slice();
                }
            }
            Some(Next::Later { delay_ms }) => self.frames().request_later(delay_ms),
            Some(Next::Nothing) | None => {}
        }
    }

    /// Computes between two frames, and again until the next frame where there is more to compute.
    fn slice(self: &Rc<Core>) {
        self.frames().sliced();
        let Ok(mut session) = self.session.try_borrow_mut() else { return };
        if session.as_mut().is_some_and(Session::slice) {
            self.frames().request_slice();
        }
    }
}
