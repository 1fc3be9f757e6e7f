//! A panic in words: the console gets it with its place, and every viewer of the page is told, because they share
//! one instance that cannot be entered again.

use std::sync::Once;

use web_sys::{CustomEvent, CustomEventInit};

use super::dom;

static INSTALLED: Once = Once::new();

/// Installs the hook, once.
pub fn install() {
    INSTALLED.call_once(|| {
        std::panic::set_hook(Box::new(|info| {
            console_error_panic_hook::hook(info);
            let options = CustomEventInit::new();
            options.set_detail(&format!("the simulator stopped at a mistake of its own ({info})").into());
            if let Ok(event) = CustomEvent::new_with_event_init_dict("coroscope-panic", &options) {
                let _ = dom::window().dispatch_event(&event);
            }
        }));
    });
}
