//! Backend that runs protox, the compiler in pure Rust.
//!
//! protox reads proto2 and proto3. A file with an edition is an error, with the remedy. The output has the bytes of
//! protoc, extension options included, except for these differences:
//!
//! - An element of an extension declared with `[packed = ...]` is encoded in the other form, because protox reads the
//!   option too late: `(google.api.field_behavior)` is packed. Protobuf decoders accept both forms.
//! - Options with `retention = RETENTION_SOURCE` are kept. In practice these are the declarations of extension ranges.
//! - A comment after the opening brace of an rpc, or between two elements on one line, is lost. Comments have no
//!   carriage returns.
//! - An rpc with empty braces has no options. protoc writes empty options.
//! - Floating-point defaults such as `1e+100` are written in digits.
//! - The well-known types are those of the crate prost-types, which are older and have no comments.
//! - The locations of groups have another order.
//! - There are no warnings, and some errors are reported only after others are fixed.

mod messages;
mod resolver;
mod source_info;

use std::cell::RefCell;
use std::collections::{HashMap, HashSet};
use std::mem;
use std::panic::AssertUnwindSafe;
use std::rc::Rc;
use std::thread;

use bytes::Bytes;
use prost::{DecodeError, Message};

use self::resolver::{Resolver, State};
use super::Output;
use super::catch_panic::catch_panic;
use super::descriptor_set::wire;
use super::inputs::Inputs;
use super::message::CompilerMessage;

/// Stack size in bytes for the limits of `resolver` without optimisation. The main
/// thread has less on some systems.
const STACK_SIZE: usize = 16 << 20;

/// Compiles `inputs`.
pub(super) fn compile(inputs: &Inputs) -> Result<Output, Vec<CompilerMessage>> {
    thread::scope(|scope| {
        let compile = || catch_panic(AssertUnwindSafe(|| run(inputs)));
        let thread = thread::Builder::new().stack_size(STACK_SIZE).spawn_scoped(scope, compile);
        let thread = thread.map_err(|error| vec![CompilerMessage::error(format!("cannot start a thread: {error}"))])?;
        thread.join().ok().flatten().unwrap_or_else(|| {
            let message = "the compiler protox panicked on these files; this is a bug in protox";
            let help = "use protoc: name one in the environment variable `PROTOC`";
            Err(vec![CompilerMessage::error(message).help(help)])
        })
    })
}

fn run(inputs: &Inputs) -> Result<Output, Vec<CompilerMessage>> {
    let state = Rc::new(RefCell::new(State::default()));
    let mut compiler = ::protox::Compiler::with_file_resolver(Resolver::new(&inputs.includes, &state));
    compiler.include_imports(true).include_source_info(true);

    let mut errors = Vec::new();
    for file in &inputs.files {
        // protox stops at the first file with an error; the other files are still compiled.
        if let Err(error) = compiler.open_file(&file.name) {
            let mut rejected = mem::take(&mut state.borrow_mut().rejected);
            if rejected.is_empty() {
                rejected = messages::convert(&error, &inputs.includes);
            }
            errors.extend(rejected);
        }
    }
    if errors.is_empty() {
        let descriptor_set = Bytes::from(compiler.encode_file_descriptor_set());
        let descriptor_set = normalize(descriptor_set, &state.borrow().sources).map_err(|error| {
            vec![CompilerMessage::error(format!("the compiler protox wrote an invalid descriptor set: {error}"))]
        })?;
        return Ok(Output { descriptor_set, warnings: Vec::new() });
    }
    // Two files that import a file with an error have the same message.
    let mut seen = HashSet::new();
    errors.retain(|error| seen.insert(error.to_string()));
    Err(errors)
}

/// Changes the source info of all files to the form that protoc writes.
fn normalize(set: Bytes, sources: &HashMap<String, String>) -> Result<Bytes, DecodeError> {
    let mut set = wire::FileDescriptorSet::decode(set)?;
    for file in &mut set.file {
        let name = wire::FileHead::decode(file.clone())?.name;
        if let Some(source) = sources.get(&name) {
            *file = source_info::normalize(file, source)?;
        }
    }
    Ok(Bytes::from(set.encode_to_vec()))
}
