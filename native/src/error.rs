//! The errors of the addon: a code that programs decide by and a text that people read.
//!
//! napi gives an Error no place for our own codes that every promise keeps, so the code travels at
//! the head of the message (`CODE: text`), and `index.mjs` turns it into `error.code`.

use std::any::Any;
use std::fmt;

use qdrant_edge::OperationError;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Code {
    Argument,
    DiskFull,
    IndexDamaged,
    IndexLocked,
    Internal,
}

impl Code {
    fn name(self) -> &'static str {
        match self {
            Code::Argument => "ARGUMENT",
            Code::DiskFull => "DISK_FULL",
            Code::IndexDamaged => "INDEX_DAMAGED",
            Code::IndexLocked => "INDEX_LOCKED",
            Code::Internal => "INTERNAL",
        }
    }
}

#[derive(Debug)]
pub struct Failure {
    pub code: Code,
    pub text: String,
}

pub type Outcome<T> = Result<T, Failure>;

impl Failure {
    pub fn new(code: Code, text: impl Into<String>) -> Self {
        let text = text.into();
        Failure { code, text }
    }

    /// What was asked for cannot be done: `Expected X for name but received Y`.
    pub fn argument(expected: &str, name: &str, received: impl fmt::Display) -> Self {
        Failure::new(
            Code::Argument,
            format!("Expected {expected} for {name} but received {received}"),
        )
    }

    pub fn closed() -> Self {
        Failure::argument("an open collection", "this call", "a closed one")
    }

    /// Anything unforeseen, by its text. A full disk is told apart here, because the crate hands
    /// it over as text only, and a person can do something about it.
    pub fn internal(text: impl Into<String>) -> Self {
        let text = text.into();
        let full = ["os error 28", "os error 112", "StorageFull"];
        let code = if full.iter().any(|sign| text.contains(sign)) {
            Code::DiskFull
        } else {
            Code::Internal
        };
        Failure { code, text }
    }

    /// From what `catch_unwind` or a failed join hands over.
    pub fn from_panic(payload: &(dyn Any + Send), place: Option<String>) -> Self {
        let text = payload
            .downcast_ref::<String>()
            .map(String::as_str)
            .or_else(|| payload.downcast_ref::<&str>().copied())
            .unwrap_or("no text");
        let place = place.map(|place| format!(" ({place})")).unwrap_or_default();
        Failure::internal(format!("The vector index panicked: {text}{place}"))
    }
}

impl From<OperationError> for Failure {
    fn from(error: OperationError) -> Self {
        use OperationError as E;
        let text = error.to_string();
        match error {
            E::ServiceError { description, .. } => Failure::internal(description),
            E::InconsistentStorage { .. } => Failure::new(Code::IndexDamaged, text),
            E::OutOfMemory { .. } | E::Cancelled { .. } | E::Timeout { .. } => {
                Failure::internal(text)
            }
            _ => Failure::new(Code::Argument, text),
        }
    }
}

impl From<std::io::Error> for Failure {
    fn from(error: std::io::Error) -> Self {
        Failure::internal(error.to_string())
    }
}

impl From<Failure> for napi::Error {
    fn from(failure: Failure) -> Self {
        napi::Error::from_reason(format!("{}: {}", failure.code.name(), failure.text))
    }
}
