//! Work off the event loop: a closure on a blocking thread, its panics turned into errors.

use std::cell::RefCell;
use std::panic::{self, AssertUnwindSafe};
use std::sync::Once;

use napi::bindgen_prelude::{Env, PromiseRaw, ToNapiValue, spawn_blocking};

use crate::error::{Failure, Outcome};

thread_local! {
    static PLACE: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// Keeps where a panic came from for the error, and nothing is printed: the error says it all,
/// and some panics of the crate are expected (see `Store::flush`).
fn keep_the_place() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        panic::set_hook(Box::new(|info| {
            let place = info
                .location()
                .map(|at| format!("{}:{}", at.file(), at.line()));
            PLACE.with(|kept| *kept.borrow_mut() = place);
        }));
    });
}

/// Runs `work` and turns a panic into an error.
pub fn guarded<T>(work: impl FnOnce() -> Outcome<T>) -> Outcome<T> {
    keep_the_place();
    panic::catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|payload| {
        let place = PLACE.with(|kept| kept.borrow_mut().take());
        Err(Failure::from_panic(payload.as_ref(), place))
    })
}

/// A promise of what `work` returns, run on one of tokio's blocking threads. Node's own pool has
/// four threads, which files and DNS need too; an optimisation would hold one for minutes.
pub fn promise<'env, T>(
    env: &'env Env,
    work: impl FnOnce() -> Outcome<T> + Send + 'static,
) -> napi::Result<PromiseRaw<'env, T>>
where
    T: Send + 'static + ToNapiValue,
{
    env.spawn_future(async move {
        let outcome = spawn_blocking(move || guarded(work)).await;
        match outcome {
            Ok(outcome) => outcome.map_err(napi::Error::from),
            Err(broken) => Err(Failure::internal(broken.to_string()).into()),
        }
    })
}
