//! Input of the Go peers of field masks: the messages, serialized.

use std::path::Path;
use std::{fs, io};

use prost::Message;

use super::by_hand;
use super::case::{Case, Lengths, mask};
use crate::measure::go::Program;

/// Their program.
pub const PROGRAM: Program = Program { package: "fieldmask", proto: "library", write };

/// The messages, and what becomes of them by hand.
fn write(folder: &Path) -> io::Result<()> {
    let write = |name: &str, message: &dyn Encoded| fs::write(folder.join(name), message.bytes());
    write("mask", &mask())?;
    write("projected", &by_hand::copy(&Case::new(Lengths::Same).stored))?;
    for lengths in [Lengths::Same, Lengths::Different] {
        let name = lengths.name();
        let Case { mut stored, sources } = Case::new(lengths);
        write(&format!("{name}-stored"), &stored)?;
        for (index, source) in sources.iter().enumerate() {
            by_hand::apply(&mut stored, source);
            write(&format!("{name}-source-{index}"), source)?;
            write(&format!("{name}-expected-{index}"), &stored)?;
        }
    }
    Ok(())
}

/// A message of any type.
trait Encoded {
    fn bytes(&self) -> Vec<u8>;
}

impl<M: Message> Encoded for M {
    fn bytes(&self) -> Vec<u8> {
        self.encode_to_vec()
    }
}
